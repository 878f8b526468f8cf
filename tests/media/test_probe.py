from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from cutaway.contract import Brief, GenerationRequest, Size
from cutaway.errors import AttachmentError, MediaError, OrderMismatchError
from cutaway.media.probe import MediaFacts, check, probe, probe_image
from media.conftest import SIZE, Clip


def order(duration_s: float = 2.0, size: Size = SIZE) -> GenerationRequest:
    return GenerationRequest(brief=Brief(prompt="a fox"), duration_s=duration_s, size=size)


def test_a_house_clip_is_measured_exactly(house_clip: Clip) -> None:
    path = house_clip("red", (200, 30, 30), 2.0)
    assert probe(path) == MediaFacts(
        container="mov,mp4,m4a,3gp,3g2,mj2",
        video_codec="h264",
        width_px=160,
        height_px=96,
        fps=24.0,
        frames=48,
        duration_s=2.0,
        has_audio=False,
        audio_codec="",
        size_bytes=path.stat().st_size,
        pix_fmt="yuv420p",
    )


@pytest.mark.parametrize(("name", "video", "audio"), [("v.mp4", "h264", "aac"), ("v.webm", "vp9", "opus")])
def test_what_vendors_send_is_measured(foreign_clip: Clip, name: str, video: str, audio: str) -> None:
    facts = probe(foreign_clip(name, [(10, 200, 10)], 2.0))
    assert (facts.video_codec, facts.audio_codec, facts.has_audio) == (video, audio, True)
    assert facts.frames == 60
    assert facts.duration_s == pytest.approx(2.0, abs=0.02)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>Not found</html>", "web page"),
        (b"\n  <html>", "web page"),
        (b'{"error": "expired"}', "JSON"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "neither MP4 nor WebM"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "neither MP4 nor WebM"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 400, "damaged"),
    ],
)
def test_what_is_not_a_video_is_refused_by_name(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(data)
    with pytest.raises(MediaError, match=rf"clip\.mp4.*{words}"):
        probe(path)


def test_a_missing_file_is_a_media_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="Cannot read"):
        probe(tmp_path / "no.mp4")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_clip_is_refused(foreign_clip: Clip, house_clip: Clip, share: float) -> None:
    for path in (house_clip("whole", (9, 90, 200), 2.0), foreign_clip("vendor.mp4", [(9, 90, 200)], 2.0)):
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
        with pytest.raises(MediaError):
            probe(path)


def test_sound_without_pictures_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "song.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(MediaError, match="no video stream"):
        probe(path)


def test_a_clip_as_ordered_passes(house_clip: Clip) -> None:
    facts = probe(house_clip("red", (200, 30, 30), 2.0))
    check(facts, order(2.0))
    check(facts, order(2.25))
    check(facts, order(1.75))


def test_a_clip_larger_in_the_same_aspect_passes(house_clip: Clip) -> None:
    facts = probe(house_clip("big", (200, 30, 30), 2.0, Size(width_px=320, height_px=192)))
    check(facts, order(2.0))


def test_a_mismatch_names_length_and_size(house_clip: Clip) -> None:
    facts = probe(house_clip("red", (200, 30, 30), 2.0))
    with pytest.raises(OrderMismatchError, match=r"lasts 2\.00 s, ordered were 3\.00 s.*160x96, ordered were 848x480"):
        check(facts, order(3.0, Size(width_px=848, height_px=480)))


@pytest.mark.parametrize("size", [Size(width_px=96, height_px=160), Size(width_px=96, height_px=96)])
def test_another_aspect_is_a_mismatch(house_clip: Clip, size: Size) -> None:
    facts = probe(house_clip("red", (200, 30, 30), 2.0))
    with pytest.raises(OrderMismatchError, match="160x96"):
        check(facts, order(2.0, size))


def test_long_orders_may_differ_by_five_percent(house_clip: Clip) -> None:
    facts = probe(house_clip("long", (200, 30, 30), 9.6))
    check(facts, order(10.0))
    with pytest.raises(OrderMismatchError):
        check(facts, order(10.2))


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_reference_picture_is_measured(tmp_path: Path, kind: str, media_type: str) -> None:
    path = tmp_path / "ref"
    Image.new("RGB", (64, 48), (1, 2, 3)).save(path, kind)
    facts = probe_image(path)
    assert (facts.media_type, facts.width_px, facts.height_px) == (media_type, 64, 48)
    assert facts.size_bytes == path.stat().st_size


def test_a_picture_of_another_kind_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (64, 48)).save(tmp_path / "ref.bmp")
    with pytest.raises(AttachmentError, match="PNG, JPEG or WebP"):
        probe_image(tmp_path / "ref.bmp")


def test_a_truncated_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ref.jpg"
    Image.effect_noise((200, 200), 60).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(AttachmentError, match="cannot be read"):
        probe_image(path)


def test_a_picture_over_forty_megapixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    Image.new("1", (8000, 5001)).save(tmp_path / "huge.png")
    with pytest.raises(AttachmentError, match="8000x5001"):
        probe_image(tmp_path / "huge.png")
