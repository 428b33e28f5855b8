"""What belongs to a contact goes with it: no entity with a key of contact, ticket, survey or evaluation is missed."""

import re
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
CONFORMED = PROJECT / "models/intermediate/conformed"
MACRO = (PROJECT / "macros/privacy/retention.sql").read_text(encoding="utf-8")
KEYS = {"contact_key", "callback_contact_key", "ticket_key", "survey_key", "evaluation_key"}
# They are what the others belong to, or are made before that; links are made of contacts that are kept.
OWN_KEYS = {
    "contacts": {"contact_key"},
    "blocked_attempts": {"contact_key"},
    "touched_contacts": {"contact_key"},
    "tickets": {"ticket_key"},
    "ticket_calls": {"ticket_key"},
    "ticket_call_links": {"contact_key", "ticket_key"},
    "survey_invitations": {"survey_key"},
    "evaluations": {"evaluation_key"},
}


def declared():
    """Keys by entity, as the macro belongings_of has them."""
    entries = re.findall(r"'(\w+)': \[('[\w', ]+')\]", MACRO)
    return {entity: set(re.findall(r"\w+", keys)) for entity, keys in entries}


def conformed():
    """Keys by entity, as the contracts of the conformed models have them."""
    models = [
        model
        for file in CONFORMED.glob("*__models.yml")
        for model in yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    ]
    for model in models:
        entity = model["name"].removeprefix("int_")
        keys = KEYS & {column["name"] for column in model["columns"]} - OWN_KEYS.get(entity, set())
        if keys:
            yield entity, keys


def test_every_entity_with_such_a_key_goes_with_what_it_belongs_to():
    found = dict(conformed())
    assert len(found) >= 15
    assert declared() == found
