"""A few bytes that unpack to tens of megabytes or a gigabyte, in each way that HTTP packs."""

import base64
import zlib

_BLOCK_BYTES = 1 << 17


def _deflated(window: int) -> bytes:
    packing = zlib.compressobj(1, zlib.DEFLATED, window)
    return b"".join(packing.compress(b"x" * 2**20) for _ in range(64)) + packing.flush()


def _zstandard() -> bytes:
    """Return a frame of blocks that say each: one letter, 128 kB of times (RFC 8878)."""
    block = (_BLOCK_BYTES << 3 | 1 << 1).to_bytes(3, "little") + b"x"
    last = (_BLOCK_BYTES << 3 | 1 << 1 | 1).to_bytes(3, "little") + b"x"
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * 8_191 + last


BOMBS = {
    "gzip": _deflated(zlib.MAX_WBITS | 16),
    "deflate": _deflated(zlib.MAX_WBITS),
    "br": base64.b64decode(
        "z///fwAkQXTwapDPCjlFlrP3/xn///8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA4LQPf+PwoAAEjghSwBAA=="
    ),
    "zstd": _zstandard(),
}
"""Bytes by what ``Content-Encoding`` calls them."""
