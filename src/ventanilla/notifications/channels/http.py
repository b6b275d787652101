"""What the channels that speak to an HTTP gateway share."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from ventanilla.clients import gateway
from ventanilla.notifications.channels.base import TIMEOUT, Channel, Outgoing, secret_of
from ventanilla.notifications.enums import ContactKind, Format, State
from ventanilla.notifications.rules.retrying import Outcome, of_http, of_word

_PLACE = re.compile(r"\{\{\s*(to|to_digits|text|id|secret)\s*\}\}")
_BODY = {"to": "{{ to }}", "text": "{{ text }}"}


class HttpGateway(Channel):
    """Any gateway that takes a message by one HTTP request.

    Options: `url`, `method` (POST), `format` (json or form), tables `headers` and `body`, `secret` (or
    `file:keys/…`), `reference` (where in a JSON reply the message's id stands, `messages.0.id`), `status` (where the
    reply says how far it got). In url, headers and body stand `{{ to }}`, `{{ to_digits }}`, `{{ text }}`, `{{ id }}`,
    `{{ secret }}`.
    """

    reaches: ClassVar[frozenset[str]] = frozenset({ContactKind.PHONE})

    @property
    def is_configured(self) -> bool:
        return bool(self.options.get("url"))

    def format_for(self, address: str) -> Format:
        return Format.SMS

    def send(self, outgoing: Outgoing) -> Outcome:
        try:
            request = self._request(outgoing)
            reply = gateway.send(request, timeout=float(self.options.get("timeout", TIMEOUT)))
        except gateway.Unreachable as error:
            return Outcome(State.TEMPORARY_FAILURE, str(error), is_channel_down=True)
        except (OSError, ValueError) as error:
            return Outcome(State.TECHNICAL_FAILURE, type(error).__name__, is_channel_down=True)
        state = of_http(reply.status)
        down = state == State.TECHNICAL_FAILURE or reply.status == 429
        reference = _found(reply.body, self.options.get("reference", ""))
        told = of_word(self._word(reply)) if state == State.ACCEPTED else None
        said = f"HTTP {reply.status} {self._word(reply)}" if told else f"HTTP {reply.status}"
        return Outcome(told or state, said, reference, down)

    def _word(self, reply: gateway.Reply) -> str:
        """How far the message got, in the gateway's word."""
        return _found(reply.body, self.options.get("status", ""))

    def _request(self, outgoing: Outgoing) -> gateway.Request:
        values = {
            "to": outgoing.address,
            "to_digits": re.sub(r"\D", "", outgoing.address),
            "text": outgoing.text,
            "id": str(outgoing.uuid),
            "secret": secret_of(self.options.get("secret", "")),
        }
        is_form = self.options.get("format", "json") == "form"
        body = _filled(self.options.get("body", _BODY), values)
        kind = "application/x-www-form-urlencoded" if is_form else "application/json; charset=utf-8"
        return gateway.Request(
            url=_filled(self.options["url"], values),
            method=self.options.get("method", "POST"),
            # A gateway that knows this header takes a repetition for one.
            headers={
                "Content-Type": kind,
                "Idempotency-Key": values["id"],
                **_filled(self.options.get("headers", {}), values),
            },
            body=(urlencode(body) if is_form else json.dumps(body, ensure_ascii=False)).encode(),
        )


def _filled(said: Any, values: Mapping[str, str]) -> Any:
    """Strings with their places filled, inside lists and tables too; the encoding comes after, so nothing leaks."""
    if isinstance(said, str):
        return _PLACE.sub(lambda found: values[found.group(1)], said)
    if isinstance(said, Mapping):
        return {name: _filled(each, values) for name, each in said.items()}
    if isinstance(said, list):
        return [_filled(each, values) for each in said]
    return said


def _found(body: bytes, path: str) -> str:
    """The value at `path` of a JSON reply; empty where there is none."""
    if not path:
        return ""
    try:
        found = json.loads(body)
        for step in path.split("."):
            found = found[int(step)] if isinstance(found, list) else found[step]
    except (ValueError, LookupError, TypeError):
        return ""
    return str(found)[:120] if isinstance(found, str | int) else ""
