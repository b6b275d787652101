"""What people say when asked where, in four countries, and what it is understood as."""

import string
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.places.rules import Said, parse

SAID: list[tuple[str, dict[str, Any]]] = [
    # Street and number
    ("Calle Las Acacias 340", {"kind": "address", "street": "calle las acacias", "number": "340"}),
    ("340 Calle Las Acacias", {"kind": "address", "street": "calle las acacias", "number": "340"}),
    ("calle las acacias nº 340", {"kind": "address", "street": "calle las acacias", "number": "340"}),
    ("C/ Mayor, 5", {"kind": "address", "street": "calle mayor", "number": "5"}),
    ("C/ Mayor, 5, 2º B", {"kind": "address", "street": "calle mayor", "number": "5", "detail": "2o b"}),
    ("C/Azofra,7", {"kind": "address", "street": "calle azofra", "number": "7"}),
    ("Pº de la Castellana 100", {"kind": "address", "street": "paseo de la castellana", "number": "100"}),
    ("Plaza de España 3", {"kind": "address", "street": "plaza de españa", "number": "3"}),
    ("Avda. de América, 12", {"kind": "address", "street": "avenida de america", "number": "12"}),
    ("Ortega y Gasset 23", {"kind": "address", "street": "ortega y gasset", "number": "23"}),
    ("9 de julio 340", {"kind": "address", "street": "9 de julio", "number": "340"}),
    ("Av. 25 de Mayo 1200", {"kind": "address", "street": "avenida 25 de mayo", "number": "1200"}),
    ("Av. Rivadavia al 4500", {"kind": "address", "street": "avenida rivadavia", "number": "4500"}),
    ("Diagonal 74 nº 123", {"kind": "address", "street": "diagonal 74", "number": "123"}),
    ("Avenida 19, número 33", {"kind": "address", "street": "avenida 19", "number": "33"}),
    ("Avenida 19, n.º 33", {"kind": "address", "street": "avenida 19", "number": "33"}),
    ("San Martín 340 piso 2 dto B", {
        "kind": "address", "street": "san martin", "number": "340", "detail": "piso 2 departamento b"}),
    ("Av. Insurgentes Sur 1234 int. 5, Col. Del Valle", {
        "kind": "address", "street": "avenida insurgentes sur", "number": "1234", "zone": "colonia del valle",
        "detail": "int 5"}),
    ("Calle Juárez #123 Col. Centro", {
        "kind": "address", "street": "calle juarez", "number": "123", "zone": "colonia centro"}),
    ("Col. Roma, Calle Durango 12", {
        "kind": "address", "street": "calle durango", "number": "12", "zone": "colonia roma"}),
    ("Cra. 7 # 12-34", {"kind": "address", "street": "carrera 7", "number": "12-34"}),
    ("Calle 12 No. 34-56", {"kind": "address", "street": "calle 12", "number": "34-56"}),
    ("calle 10 bis 22 bis", {"kind": "address", "street": "calle 10 bis", "number": "22 BIS"}),
    ("Av. Siempre Viva 742 Barrio Los Pinos", {
        "kind": "address", "street": "avenida siempre viva", "number": "742", "zone": "barrio los pinos"}),
    ("Calle Los Almendros 120, frente a la panadería", {
        "kind": "address", "street": "calle los almendros", "number": "120", "detail": "frente a la panaderia"}),
    ("Colón 340 entre Mitre y Belgrano", {
        "kind": "address", "street": "colon", "number": "340", "cross": ["mitre", "belgrano"]}),
    ("Rivadavia 4500 e/ Mitre y Colón", {
        "kind": "address", "street": "rivadavia", "number": "4500", "cross": ["mitre", "colon"]}),
    # A street alone
    ("Calle 5", {"kind": "street", "street": "calle 5"}),
    ("Calle 25 de mayo", {"kind": "street", "street": "calle 25 de mayo"}),
    ("Calle Juárez s/n", {"kind": "street", "street": "calle juarez"}),
    # Corners
    ("Los Tilos y Belgrano", {"kind": "corner", "street": "los tilos", "cross": ["belgrano"]}),
    ("esquina de Los Tilos y Belgrano", {"kind": "corner", "street": "los tilos", "cross": ["belgrano"]}),
    ("Belgrano esq. Mitre", {"kind": "corner", "street": "belgrano", "cross": ["mitre"]}),
    ("Colón esquina con Mitre", {"kind": "corner", "street": "colon", "cross": ["mitre"]}),
    ("Avenida 3 y Calle 5", {"kind": "corner", "street": "avenida 3", "cross": ["calle 5"]}),
    ("Avenida 2, Calle 7", {"kind": "corner", "street": "avenida 2", "cross": ["calle 7"]}),
    ("calle 1 avenida 2", {"kind": "corner", "street": "calle 1", "cross": ["avenida 2"]}),
    ("Calle 1, Avenida 2, casa 5", {
        "kind": "corner", "street": "calle 1", "cross": ["avenida 2"], "detail": "casa 5"}),
    ("calle real con avenida Bolívar", {"kind": "corner", "street": "calle real", "cross": ["avenida bolivar"]}),
    ("San Martín y Colón, casa azul", {
        "kind": "corner", "street": "san martin", "cross": ["colon"], "detail": "casa azul"}),
    # Between streets
    ("Los Tilos entre Las Heras y Belgrano", {
        "kind": "between", "street": "los tilos", "cross": ["las heras", "belgrano"]}),
    ("Avenida Central, calles 5 y 7", {
        "kind": "between", "street": "avenida central", "cross": ["calle 5", "calle 7"]}),
    ("en la calle 5 entre avenidas 2 y 4", {
        "kind": "between", "street": "calle 5", "cross": ["avenida 2", "avenida 4"]}),
    # Kilometres
    ("km 12 ruta 32", {"kind": "kilometre", "street": "ruta 32", "kilometre": 12.0}),
    ("km 3,5 carretera vieja", {"kind": "kilometre", "street": "carretera vieja", "kilometre": 3.5}),
    ("Ruta 32, km 12+300", {"kind": "kilometre", "street": "ruta 32", "kilometre": 12.3}),
    ("Ctra. N-II km 12,5", {"kind": "kilometre", "street": "carretera n-ii", "kilometre": 12.5}),
    ("kilómetro 8 de la Carretera Vieja", {"kind": "kilometre", "street": "carretera vieja", "kilometre": 8.0}),
    # Numbered things
    ("poste 1127", {"kind": "asset", "asset": "pole", "code": "1127"}),
    ("poste de luz #1127 frente a la escuela", {
        "kind": "asset", "asset": "pole", "code": "1127", "detail": "frente a la escuela"}),
    ("luminaria 22-334", {"kind": "asset", "asset": "luminaire", "code": "22-334"}),
    ("farola 12A", {"kind": "asset", "asset": "luminaire", "code": "12A"}),
    ("hidrante número 8", {"kind": "asset", "asset": "hydrant", "code": "8"}),
    # Señas
    ("200 m sur y 50 m este de la iglesia", {
        "kind": "landmark", "anchor": "iglesia",
        "steps": [{"metres": 200.0, "direction": "south"}, {"metres": 50.0, "direction": "east"}]}),
    ("del Banco Nacional 100 metros al norte, casa verde", {
        "kind": "landmark", "anchor": "banco nacional", "detail": "casa verde",
        "steps": [{"metres": 100.0, "direction": "north"}]}),
    ("De la Escuela Central, 300 metros al este y 25 metros al norte, portón negro", {
        "kind": "landmark", "anchor": "escuela central", "detail": "porton negro",
        "steps": [{"metres": 300.0, "direction": "east"}, {"metres": 25.0, "direction": "north"}]}),
    ("doscientos metros al sur de la iglesia", {
        "kind": "landmark", "anchor": "iglesia", "steps": [{"metres": 200.0, "direction": "south"}]}),
    ("ciento cincuenta metros oeste del EBAIS", {
        "kind": "landmark", "anchor": "ebais", "steps": [{"metres": 150.0, "direction": "west"}]}),
    ("200mts oeste y 75mts sur del antiguo higuerón", {
        "kind": "landmark", "anchor": "antiguo higueron",
        "steps": [{"metres": 200.0, "direction": "west"}, {"metres": 75.0, "direction": "south"}]}),
    ("200 norte y 50 este de la iglesia católica", {
        "kind": "landmark", "anchor": "iglesia catolica",
        "steps": [{"metres": 200.0, "direction": "north"}, {"metres": 50.0, "direction": "east"}]}),
    ("De la iglesia 200 sur", {
        "kind": "landmark", "anchor": "iglesia", "steps": [{"metres": 200.0, "direction": "south"}]}),
    ("1.5 km al sur del estadio", {
        "kind": "landmark", "anchor": "estadio", "steps": [{"metres": 1500.0, "direction": "south"}]}),
    ("1.200 m al norte del cruce", {
        "kind": "landmark", "anchor": "cruce", "steps": [{"metres": 1200.0, "direction": "north"}]}),
    ("cuadra y media al este del mercado", {
        "kind": "landmark", "anchor": "mercado", "steps": [{"metres": 150.0, "direction": "east"}]}),
    ("De la pulpería La Esquina, 2 cuadras y media al sur", {
        "kind": "landmark", "anchor": "pulperia la esquina", "steps": [{"metres": 250.0, "direction": "south"}]}),
    ("200 metros antes del puente", {
        "kind": "landmark", "anchor": "puente", "steps": [{"metres": 200.0, "direction": None}]}),
    ("contiguo a la pulpería El Buen Precio", {
        "kind": "landmark", "anchor": "pulperia el buen precio", "relation": "beside"}),
    ("a la par de la soda La Amistad, casa azul", {
        "kind": "landmark", "anchor": "soda la amistad", "relation": "beside", "detail": "casa azul"}),
    ("frente al mercado", {"kind": "landmark", "anchor": "mercado", "relation": "in_front"}),
    ("enfrente de la clínica", {"kind": "landmark", "anchor": "clinica", "relation": "in_front"}),
    ("diagonal a la escuela", {"kind": "landmark", "anchor": "escuela", "relation": "diagonal"}),
    ("detrás del estadio", {"kind": "landmark", "anchor": "estadio", "relation": "behind"}),
    ("cerca del cementerio", {"kind": "landmark", "anchor": "cementerio", "relation": "near"}),
    ("costado norte del parque central", {
        "kind": "landmark", "anchor": "parque central", "relation": "beside",
        "steps": [{"metres": 40.0, "direction": "north"}]}),
    ("Esquina noroeste del parque", {
        "kind": "landmark", "anchor": "parque", "relation": "beside",
        "steps": [{"metres": 40.0, "direction": "north_west"}]}),
    # Zones, and what is only a name or nothing at all
    ("Barrio San José", {"kind": "zone", "anchor": "barrio san jose", "zone": "barrio san jose"}),
    ("Urbanización Los Sauces, casa 12", {
        "kind": "zone", "anchor": "urbanizacion los sauces", "zone": "urbanizacion los sauces", "detail": "casa 12"}),
    ("el parque central", {"kind": "text", "anchor": "parque central"}),
    ("hay 3 perros en la esquina", {"kind": "text", "anchor": "hay 3 perros en la esquina"}),
    ("no sé", {"kind": "text", "anchor": "no se"}),
    ("", {"kind": "text"}),
    (",,,", {"kind": "text"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text or "nothing" for text, _expected in SAID])
def test_it_understands_what_people_say(text: str, expected: dict[str, Any]) -> None:
    understood = msgspec.to_builtins(parse(text))
    understood["cross"] = list(understood.pop("cross", ()))
    understood["steps"] = list(understood.pop("steps", ()))
    assert understood == {"text": text, "cross": [], "steps": [], **expected}


WORDS = st.sampled_from([word for text, _expected in SAID for word in text.split()] + list(string.punctuation))


@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=14).map(" ".join)))
def test_it_never_fails_and_keeps_what_was_said(text: str) -> None:
    said = parse(text)
    assert said.text == text
    assert msgspec.convert(msgspec.to_builtins(said), Said) == said


@given(st.integers(1, 999_999), st.sampled_from(["Calle {}", "calle {},", "Avda. {}", "C/ {}"]))
def test_any_number_after_a_street_is_its_number(number: int, shape: str) -> None:
    said = parse(f"{shape.format('Los Almendros')} {number}")
    assert (said.kind, said.number) == ("address", str(number))


@given(
    st.integers(10, 3000), st.sampled_from(["norte", "sur", "este", "oeste"]), st.sampled_from(["m", "mts", "metros"])
)
def test_the_same_senas_are_understood_in_either_order(metres: int, way: str, unit: str) -> None:
    first = parse(f"{metres} {unit} {way} de la iglesia")
    second = parse(f"de la iglesia {metres}{unit} al {way}")
    assert (first.anchor, first.steps) == (second.anchor, second.steps)
    assert first.steps[0].metres == metres
