"""The plug-ins: found by their folder, held to one contract."""

import sys
from types import ModuleType

import pytest

from ventanilla.notifications import channels
from ventanilla.notifications.channels.base import Channel
from ventanilla.notifications.checks import check_channels
from ventanilla.notifications.enums import ContactKind, Format


def test_every_folder_is_a_channel_of_that_name():
    assert set(channels.known()) == {"call", "email", "folder", "sms", "whatsapp"}
    for name, made in channels.known().items():
        assert made.name == name
        assert issubclass(made, Channel)
        assert made.reaches <= set(ContactKind)
        assert made({}).format_for("+50688887777") in Format


def test_channels_are_used_in_the_order_the_installation_gives(configure):
    gateway = {"url": "https://gateway.example"}
    configure(channels=["whatsapp", "sms"], sms=gateway, whatsapp=gateway, email={"host": "smtp.example"})
    assert [each.name for each in channels.in_use()] == ["whatsapp", "sms"]


def test_without_an_order_every_configured_one_is_used(configure):
    configure(sms={"url": "https://gateway.example"}, email={"host": "smtp.example"})
    assert [each.name for each in channels.in_use()] == ["email", "sms"]


def test_the_demo_writes_to_a_folder_unless_told_otherwise(configure, settings):
    assert channels.in_use() == []
    settings.DEMO = True
    assert [each.name for each in channels.in_use()] == ["folder"]


def test_what_is_wrong_is_told_when_the_installation_starts(configure):
    configure(channels=["pigeon", "sms"])
    assert [(each.id, each.msg) for each in check_channels()] == [
        ("notifications.W001", "No existe el canal «pigeon»."),
        ("notifications.W002", "El canal «sms» no está configurado."),
    ]
    assert channels.in_use() == []


def test_the_example_of_the_handbook_keeps_the_contract(tmp_path):
    from pathlib import Path

    said = (Path(__file__).parents[2] / "docs/channels.md").read_text(encoding="utf-8")
    example = ModuleType("board")
    exec(said.split("```python\n")[1].split("```")[0], vars(example))
    made = example.CHANNEL({"path": str(tmp_path / "board.txt")})
    assert made.is_configured
    assert isinstance(made, Channel)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_the_folder_is_for_its_owner_alone(tell, configure, settings, tmp_path):
    from ventanilla.notifications.delivery import deliver_due

    settings.DATA = tmp_path
    configure(folder={"enabled": True})
    tell()
    deliver_due()
    assert (tmp_path / "outbox").stat().st_mode & 0o077 == 0
