"""Files in, films out: everything Cutaway does with media bytes.

    store      assets by content hash, on a disk or in a bucket
    probe      what a file really is, and whether it is what was ordered
    normalise  any clip turned into the house format
    timeline   the cut as data: which stretches are copied, which are drawn
    overlays   captions, titles and lower thirds
    sound      the quiet chord bed
    compose    the cut itself
    preview    poster and animated preview
    stills     a picture shown under a slow move of the camera
    house      the house format: its encoder, its reader, its test
    picture    pixels: blends, grades, plates
    letters    which font draws a text
    disk       what a full or read-only disk is called here

Nothing heavy is imported here; import the file you need (`from cutaway.media.compose import compose`). Only `compose`
and the store are coroutines; every other function works on local files and blocks, so call it through
`asyncio.to_thread`.
"""
