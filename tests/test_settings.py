"""Settings: precedence, places, and errors that name the place and the fix."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cutaway.errors import ConfigError, StoreError
from cutaway.folders import ensure_writable, prepare_data_dir
from cutaway.settings import Settings, load_settings


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose path leaves room for a socket."""
    with tempfile.TemporaryDirectory(prefix="cw-", dir="/tmp") as folder:
        yield Path(folder)


def load(folder: Path, text: str | None = None, **environ: str) -> Settings:
    if text is not None:
        (folder / "cutaway.yaml").write_text(text)
    return load_settings({"CUTAWAY_DATA_DIR": str(folder / "data"), **environ}, cwd=folder)


def refusal(folder: Path, text: str | None = None, **environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, **environ)
    return str(caught.value)


def test_defaults_ask_before_any_spend_and_use_the_embedded_server(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.approval.ask_above_usd == 0
    assert settings.budgets.per_clip_usd is None
    assert settings.durability == "fsync"
    assert settings.embedded
    assert not settings.keys_ignored
    assert not settings.allow_paid_embedded


def test_the_environment_beats_the_file_and_the_file_beats_the_default(tmp_path: Path) -> None:
    text = "reasoner: litellm\nworkers: 3\nbudgets:\n  per_clip_usd: 1.10\n"
    settings = load(tmp_path, text, CUTAWAY_REASONER="keywords")
    assert (settings.reasoner, settings.workers, settings.resolution) == ("keywords", 3, "480p")
    assert settings.budgets.per_clip_usd == Decimal("1.10")


def test_a_provider_keeps_its_own_options_as_json_values(tmp_path: Path) -> None:
    text = """
providers:
  studio:
    adapter: openai_videos
    base_url: http://127.0.0.1:9/v1
    timeout_s: 2.5
    retries: 3
    audio: yes
    since: 2026-01-02
    models: [a, b]
  sketch:
"""
    assert load(tmp_path, text).providers == {
        "studio": {
            "adapter": "openai_videos",
            "base_url": "http://127.0.0.1:9/v1",
            "timeout_s": 2.5,
            "retries": 3,
            "audio": True,
            "since": "2026-01-02",
            "models": ["a", "b"],
        },
        "sketch": {},
    }


def test_aliases_are_read_as_written(tmp_path: Path) -> None:
    (tmp_path / "cutaway.yaml").write_text("aliases:\n  sora-2: auto\n  best: runway:veo3.1\n")
    assert load_settings({}, cwd=tmp_path).aliases == {"sora-2": "auto", "best": "runway:veo3.1"}


def test_a_named_file_is_read_from_anywhere_and_its_paths_start_at_the_file(tmp_path: Path) -> None:
    file = tmp_path / "etc" / "studio.yaml"
    file.parent.mkdir()
    file.write_text("data_dir: ../films\n")
    settings = load_settings({"CUTAWAY_CONFIG": str(file)}, cwd=tmp_path)
    assert settings.data_dir == tmp_path / "films"
    assert settings.config_file == file


@pytest.mark.parametrize("text", ["", "# nothing\n", "budgets:\nreasoner:\n", "---\n"])
def test_an_empty_file_changes_nothing(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text).reasoner == "auto"


@pytest.mark.parametrize(
    ("text", "place", "parts"),
    [
        ("reasoner: auto\nresolutoin: 480p\n", "line 2, column 1", ["resolutoin", "Did you mean 'resolution'?"]),
        ("budgets:\n  per_clp_usd: 1\n", "line 2, column 3", ["budgets.per_clp_usd", "'per_clip_usd'"]),
        ("zzz: 1\n", "line 1, column 1", ["zzz is not a setting", "Known keys: data_dir"]),
        ("reasoner: keyword\n", "line 1, column 11", ["'keyword'", "auto, keywords or litellm", "'keywords'"]),
        ("workers: two\n", "line 1, column 10", ["workers", "'two'", "a whole number from 1 to 256"]),
        ("workers: 0\n", "line 1, column 10", ["workers", "'0'"]),
        ("workers: [2]\n", "line 1, column 10", ["workers is a sequence"]),
        ("budgets: 5\n", "line 1, column 10", ["budgets is a scalar", "KEY: VALUE"]),
        ("- reasoner\n", "line 1, column 1", ["the file is a sequence"]),
        ("approval:\n  ask_above_usd: -1\n", "line 2, column 18", ["approval.ask_above_usd", "'-1'"]),
        ("approval: {ask_above_usd: 0.0000001}\n", "line 1, column 27", ["at most six decimals"]),
        ("approval: {ask_above_usd: NaN}\n", "line 1, column 27", ["'NaN'"]),
        ("reasoner: auto\nreasoner: auto\n", "line 2, column 1", ["here twice", "line 1"]),
        ("reasoner: [auto\n", "line 2, column 1", ["not YAML"]),
        ("budgets:\n\tper_clip_usd: 1\n", "line 2, column 1", ["not YAML"]),
        ("model: !!python/object/apply:os.system [id]\n", "line 1, column 8", ["tag", "not accepted"]),
        ("model: &a x\nreasoner: *a\n", "line 1, column 8", ["anchors and aliases"]),
        ("providers: {x: {adapter: 3, n: " + "[" * 30 + "]" * 30 + "}}\n", "line 1", ["deeper than 20"]),
        ("providers: {fal: [1]}\n", "line 1, column 13", ["providers.fal", "adapter: NAME"]),
        ("aliases: {sora-2: [auto]}\n", "line 1, column 11", ["aliases.sora-2", "Write sora-2: auto"]),
        ("aliases: {a: b, b: auto}\n", "cutaway.yaml", ["aliases.a is 'b', which is an alias itself", "a: auto"]),
        ("providers: {fal: {when: 1:30}}\n", "line 1, column 25", ["providers.fal.when", "'1:30'", "Quote it."]),
    ],
)
def test_a_mistake_in_the_file_names_file_place_key_and_fix(
    tmp_path: Path, text: str, place: str, parts: list[str]
) -> None:
    message = refusal(tmp_path, text)
    assert str(tmp_path / "cutaway.yaml") in message
    for part in [place, *parts]:
        assert part in message


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "anchors and aliases" in refusal(tmp_path, "\n".join(lines))


def test_a_file_over_a_megabyte_is_refused(tmp_path: Path) -> None:
    assert "at most 1000000" in refusal(tmp_path, "#" * 1_000_001)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cutaway.yaml").write_bytes(b"model: \xff\n")
    assert "not UTF-8 (byte 7)" in refusal(tmp_path)
    (tmp_path / "cutaway.yaml").write_bytes(b"model: a\0b\n")
    assert "not YAML" in refusal(tmp_path)


def test_a_named_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, CUTAWAY_CONFIG="nowhere.yaml")
    assert str(tmp_path / "nowhere.yaml") in message
    assert "does not exist" in message


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("CUTAWAY_REASONER", "keyword", "Did you mean 'keywords'?"),
        ("CUTAWAY_WORKERS", "-1", "a whole number from 1 to 256"),
        ("CUTAWAY_DURABILITY", "always", "fsync, replicas or none"),
        ("CUTAWAY_ALLOW_PAID_EMBEDDED", "maybe", "true or false"),
        ("CUTAWAY_PER_CLIP_USD", "lots", "an amount in USD"),
        ("CUTAWAY_REDIS_URL", "localhost:6379", "redis://"),
    ],
)
def test_a_bad_variable_names_itself_its_value_and_what_is_allowed(
    tmp_path: Path, name: str, value: str, part: str
) -> None:
    message = refusal(tmp_path, **{name: value})
    assert name in message
    assert repr(value) in message
    assert part in message


def test_a_misspelt_variable_is_refused_and_a_strange_one_is_not(tmp_path: Path) -> None:
    assert "Did you mean CUTAWAY_REDIS_URL" in refusal(tmp_path, CUTAWAY_REDIS_ULR="redis://h")
    load(tmp_path, CUTAWAY_FAL_KEY="k")


def test_a_password_never_reaches_a_message(tmp_path: Path) -> None:
    assert "s3cret" not in refusal(tmp_path, CUTAWAY_REDIS_URL="http://me:s3cret@host")


def test_the_session_runtime_folder_is_used_when_it_is_short(short: Path) -> None:
    inside = load(short, XDG_RUNTIME_DIR=str(short)).runtime_dir
    assert inside.parent == short
    deep = short / ("d" * 90)
    deep.mkdir()
    assert load(short, XDG_RUNTIME_DIR=str(deep)).runtime_dir.parent == Path("/tmp")
    assert load(short, XDG_RUNTIME_DIR=str(short / "gone")).runtime_dir.parent == Path("/tmp")


def test_two_data_directories_never_share_a_runtime_directory(short: Path) -> None:
    one, two = (load(short, CUTAWAY_DATA_DIR=str(short / name)) for name in "ab")
    assert one.runtime_dir != two.runtime_dir


def test_a_socket_path_that_is_too_long_is_refused_with_its_length(tmp_path: Path) -> None:
    folder = "/tmp/" + "x" * 120
    message = refusal(tmp_path, CUTAWAY_RUNTIME_DIR=folder)
    assert f"{folder}/valkey.sock is 137 bytes" in message
    assert "CUTAWAY_RUNTIME_DIR" in message


def test_a_worker_that_is_told_the_embedded_url_knows_it_is_embedded(short: Path) -> None:
    runtime = short / "run time"
    settings = load(short, CUTAWAY_RUNTIME_DIR=str(runtime))
    told = load(short, CUTAWAY_RUNTIME_DIR=str(runtime), CUTAWAY_REDIS_URL=settings.embedded_url)
    assert told.embedded
    assert not load(short, CUTAWAY_REDIS_URL="redis://127.0.0.1:6379/0").embedded


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    settings = load(tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        settings.workers = 4


def test_preparing_makes_private_folders_and_a_format_file(short: Path) -> None:
    settings = load(short, CUTAWAY_RUNTIME_DIR=str(short / "run"))
    prepare_data_dir(settings)
    prepare_data_dir(settings)
    assert json.loads((settings.data_dir / "FORMAT").read_text()) == {"format": 1}
    assert {(folder.stat().st_mode & 0o777) for folder in (settings.data_dir, settings.runtime_dir)} == {0o700}
    assert sorted(path.name for path in settings.data_dir.iterdir()) == ["FORMAT", "logs"]


def test_a_data_directory_of_a_newer_release_is_refused(short: Path) -> None:
    settings = load(short, CUTAWAY_RUNTIME_DIR=str(short / "run"))
    settings.data_dir.mkdir()
    (settings.data_dir / "FORMAT").write_text('{"format": 7}')
    with pytest.raises(ConfigError, match=r"format 7.*up to format 1.*Upgrade.*CUTAWAY_DATA_DIR"):
        prepare_data_dir(settings)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": true}', '{"format": "1"}'])
def test_a_broken_format_file_is_refused(short: Path, text: str) -> None:
    settings = load(short, CUTAWAY_RUNTIME_DIR=str(short / "run"))
    settings.data_dir.mkdir()
    (settings.data_dir / "FORMAT").write_text(text)
    with pytest.raises(ConfigError, match="does not hold a format number"):
        prepare_data_dir(settings)


def test_a_data_directory_that_cannot_be_made_is_a_store_error_with_a_fix(short: Path) -> None:
    (short / "data").write_text("a file in the way")
    with pytest.raises(StoreError, match=r"data cannot be written: File exists.*CUTAWAY_DATA_DIR"):
        prepare_data_dir(load(short, CUTAWAY_RUNTIME_DIR=str(short / "run")))


def test_a_folder_that_is_not_there_is_not_writable(short: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        ensure_writable(short / "gone")


def test_a_runtime_directory_that_is_a_link_is_refused(short: Path) -> None:
    (short / "real").mkdir(mode=0o700)
    (short / "run").symlink_to(short / "real")
    with pytest.raises(ConfigError, match="is a link or a file"):
        prepare_data_dir(load(short, CUTAWAY_RUNTIME_DIR=str(short / "run")))


def test_a_runtime_directory_others_can_enter_is_refused(short: Path) -> None:
    (short / "run").mkdir()
    (short / "run").chmod(0o755)
    with pytest.raises(ConfigError, match=r"mode 755.*chmod 700"):
        prepare_data_dir(load(short, CUTAWAY_RUNTIME_DIR=str(short / "run")))


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_runtime_directory_of_somebody_else_is_refused(short: Path) -> None:
    (short / "run").mkdir(mode=0o700)
    os.chown(short / "run", 12345, 12345)
    with pytest.raises(ConfigError, match="belongs to user 12345"):
        prepare_data_dir(load(short, CUTAWAY_RUNTIME_DIR=str(short / "run")))


def test_loading_without_a_file_does_not_import_yaml(tmp_path: Path) -> None:
    code = "import sys; from cutaway.settings import load_settings; load_settings({}); print('yaml' in sys.modules)"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
