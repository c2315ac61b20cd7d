"""Errors of the event log."""

from tests.functions.error_rows import bad, missing

LIST, GET = "events/list_events", "events/get_event"

ROWS = [
    *(
        bad("INVALID_QUERY", LIST, query=f"?{name}={value}", at=name, why="VALUE_INVALID")
        for name, value in (
            ("after", "nonsense"),
            ("after", "evt_01a2156809b57000a2ff7dd2e78f774e"),
            ("after", "%ff"),
            ("type", ""),
            ("type", "invoice.payed"),
            ("type", "invoice"),
            ("type", "invoice.paid,"),
            ("type", ",".join(["invoice.paid"] * 11)),
            ("resource", ""),
            ("customer_id", "x" * 201),
            ("from", "yesterday"),
            ("to", "2026-02-30"),
            ("limit", "0"),
            ("limit", "101"),
            ("limit", "ten"),
        )
    ),
    bad("INVALID_QUERY", LIST, query="?page=2", at="page", why="PARAMETER_UNKNOWN"),
    bad("INVALID_QUERY", LIST, query="?limit=1&limit=2", at="limit", why="PARAMETER_REPEATED"),
    missing("EVENT_NOT_FOUND", GET, event_id="evt_404"),
    missing("EVENT_EXPIRED", GET, event_id="evt_0195512345007a3b8c1d2e3f40516273"),
]
