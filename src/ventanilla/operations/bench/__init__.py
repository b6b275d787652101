"""`bench`: fills a database with a million valid cases and measures what people do, over HTTP, on the real server."""

from __future__ import annotations

from argparse import Namespace


def run(args: Namespace) -> int:
    """Fill, serve, measure, report."""
    from django.core.management import call_command

    from ventanilla.operations import static
    from ventanilla.operations.bench import filling, measuring, report

    call_command("migrate", verbosity=0)
    static.gather()
    loaded = filling.ensure(args.cases, reuse=args.reuse)
    report.say_load(loaded)
    rows = measuring.measure(cases=loaded.cases, port=args.port, requests=args.requests, only=args.only or "")
    report.say_rows(rows)
    if args.json:
        report.write_json(args.json, loaded, rows)
    return 0
