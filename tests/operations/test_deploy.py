"""What is written for machines and catalogues outside: the units of `deploy/`, and `publiccode.yml`."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HOME = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.es.md")
UNITS = sorted((HOME / "deploy").glob("*.service"))

# The units of systemd ---------------------------------------------------------------------------------------------


def lines(unit: Path) -> list[str]:
    """A unit's own lines, without the remarks."""
    return [line for line in unit.read_text().splitlines() if not line.startswith("#")]


def named(unit: Path) -> set[str]:
    """The folders of ours that a unit reads or writes: `/opt/ventanilla`, `/var/lib/ventanilla`."""
    return set(re.findall(r"/(?:opt|srv|var/\w+)/\w+", "\n".join(lines(unit))))


def made_by_itself(unit: Path) -> set[str]:
    """The folders that systemd makes for a unit before it starts, owned by its user."""
    said = "\n".join(lines(unit))
    states = {f"/var/lib/{name}" for name in re.findall(r"^StateDirectory=(\w+)$", said, re.MULTILINE)}
    pattern = r"^ExecStartPre=\+/usr/bin/install -d -m 0700 -o ventanilla -g ventanilla (\S+)$"
    return states | set(re.findall(pattern, said, re.MULTILINE))


def made_by_hand(readme: str) -> set[str]:
    """The folders that the steps of a README make."""
    steps = (HOME / readme).read_text()
    return set(re.findall(r"(?:--home-dir|git clone \w+) (/\S+)", steps))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_names_only_folders_that_somebody_makes(unit: Path, readme: str) -> None:
    assert "/opt/ventanilla" in named(unit)
    assert named(unit) - made_by_itself(unit) - made_by_hand(readme) == set()


@pytest.mark.parametrize("readme", READMES)
def test_the_readmes_say_how_the_nightly_backup_is_switched_on(readme: str) -> None:
    said = (HOME / readme).read_text()
    assert "sudo systemctl enable --now ventanilla-backup.timer" in said
    for name in ("ventanilla-backup.service", "ventanilla-backup.timer"):
        assert f"/opt/ventanilla/deploy/{name}" in said
        assert (HOME / "deploy" / name).exists()


# The entry in catalogues of public software -----------------------------------------------------------------------

CATEGORIES = """
    accounting agile-project-management applicant-tracking application-development appointment-scheduling backup
    billing-and-invoicing blog budgeting business-intelligence business-process-management cad call-center-management
    cloud-management collaboration communications compliance-management contact-management content-management crm
    customer-service-and-support data-analytics data-collection data-visualization design design-system
    digital-asset-management digital-citizenship document-management donor-management e-commerce e-signature
    email-management email-marketing employee-management enterprise-project-management enterprise-social-networking erp
    event-management facility-management feedback-and-reviews-management financial-reporting fleet-management
    fundraising gamification geographic-information-systems grant-management graphic-design help-desk hr ide
    identity-management instant-messaging inventory-management it-asset-management it-development it-management
    it-security it-service-management knowledge-management learning-management-system marketing mind-mapping
    mobile-marketing mobile-payment network-management office online-booking online-community payment-gateway payroll
    predictive-analysis procurement productivity-suite project-collaboration project-management property-management
    real-estate-management remote-support resource-management sales-management seo service-desk social-media-management
    survey talent-management task-management taxes-management test-management time-management time-tracking translation
    video-conferencing video-editing visitor-management voip warehouse-management web-collaboration web-conferencing
    website-builder workflow-management
"""
"""Those that publiccode.yml 0.4 knows (its `categories-list`)."""
REQUIRED = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}


@pytest.fixture(scope="module")
def entry() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((HOME / "publiccode.yml").read_text())
    return read


def test_the_catalogue_entry_has_what_the_standard_requires(entry: dict[str, Any]) -> None:
    assert entry.keys() >= REQUIRED
    assert entry["legal"]["license"] == "EUPL-1.2"
    assert entry["maintenance"].keys() >= {"type", "contacts"}
    assert set(entry["localisation"]["availableLanguages"]) == set(entry["description"])


def test_its_categories_are_the_standards(entry: dict[str, Any]) -> None:
    assert entry["categories"]
    assert set(entry["categories"]) - set(CATEGORIES.split()) == set()


@pytest.mark.parametrize("language", ["es", "en"])
def test_its_descriptions_have_the_lengths_of_the_standard(entry: dict[str, Any], language: str) -> None:
    said = entry["description"][language]
    assert len(said["shortDescription"]) <= 150
    assert 500 <= len(said["longDescription"]) <= 10_000
    assert len(said["genericName"]) <= 35
    assert said["features"]
