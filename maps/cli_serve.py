"""``frontline serve``: layers as OGC API - Features, for QGIS and other programs."""

from __future__ import annotations

import argparse
import ipaddress

from geo.errors import InputError, MissingExtraError
from maps.notes import Notes

__all__ = ["configure", "run"]

_PORT = 8377


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``frontline serve``."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="files of layers that frontline map has written"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on; 0.0.0.0 is every network (default: %(default)s, this machine alone)",
    )
    parser.add_argument("--port", type=int, default=_PORT, help="port to listen on (default: %(default)s)")
    parser.add_argument("--title", default="Frontline", help="title of the pages")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from maps.service import build_app

    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtraError("uvicorn", "serve") from error
    if not 0 <= args.port <= 65535:
        raise InputError(f"--port {args.port} must lie between 0 and 65535")
    alone = is_loopback(args.host)
    app = (
        build_app(args.files, title=args.title)
        if alone
        else build_app(args.files, title=args.title, hosts=None)
    )
    if not alone:
        Notes().tell(f"listening on {args.host}: whoever reaches this address can read these layers")
    check_address(args.host, args.port)
    shown = f"[{args.host}]" if ":" in args.host else args.host
    Notes().tell(f"OGC API - Features at http://{shown}:{args.port}/ (stop with Ctrl+C)")
    uvicorn.run(app, host=args.host, port=args.port, log_level="warning")
    return 0


def check_address(host: str, port: int) -> None:
    """Refuse an address that is not this machine's, or a port that is taken."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
            probe.bind(address)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot listen on {host} port {port} ({reason}); choose another --host or --port"
        raise InputError(message) from error


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
