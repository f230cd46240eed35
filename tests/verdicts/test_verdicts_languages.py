"""Words that reverse a statement are known in every language of the notes, and read from files without code."""

import re
import tomllib
from pathlib import Path

import pytest

from revtrack.facts import attributions, negations, numbers, states
from revtrack.model import Paragraph, Significance, Story
from revtrack.verdicts import compare
from revtrack.verdicts.thesaurus import rows
from revtrack.vocabulary import LANGUAGES, words_of


def level(language, old, new, headline="News"):
    sides = (Story(headline=headline, language=language, paragraphs=(Paragraph(side),)) for side in (old, new))
    return compare(*sides).verdict.significance.level


SENTENCES = tomllib.loads(Path(__file__).with_name("words_in_sentences.toml").read_text(encoding="utf-8"))
ASIDE = ("Lorem ipsum dolor.", "Lorem ipsum dolor sit.")  # another edit: one that is alone counts more


def sentences(kind):
    return [(language, sentence) for language, listed in SENTENCES[kind].items() for sentence in listed]


def two_forms(sentence):
    return (re.sub(r"\{(.*?)\|(.*?)\}", form, sentence) for form in (r"\1", r"\2"))


@pytest.mark.parametrize(("language", "sentence"), sentences("changes"))
def test_a_word_put_for_one_that_excludes_it_is_substantive_beside_another_edit(language, sentence):
    sides = (
        Story(headline="News", language=language, paragraphs=(Paragraph(side), Paragraph(aside)))
        for side, aside in zip(two_forms(sentence), ASIDE, strict=True)
    )
    assert compare(*sides).verdict.significance.level >= Significance.SUBSTANTIVE.level


@pytest.mark.parametrize(("language", "sentence"), sentences("harmless"))
def test_a_word_put_for_one_that_means_the_same_is_minor_at_most(language, sentence):
    assert level(language, *two_forms(sentence)) <= Significance.MINOR.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "The court cleared the doctor.", "The court convicted the doctor."),
        ("de", "Das Gericht sprach den Arzt frei.", "Das Gericht verurteilte den Arzt."),
        ("fr", "Le suspect a reconnu les faits.", "Le suspect a nié les faits."),
        ("es", "El ministro sabía de los pagos.", "El ministro no sabía de los pagos."),
        ("pt", "O acidente deixou 12 feridos.", "O acidente deixou 12 mortos."),
        ("it", "L'uomo è stato assolto.", "L'uomo è stato condannato."),
        ("nl", "De verdachte is aangehouden.", "De verdachte is vrijgelaten."),
        ("sv", "Mannen friades av tingsrätten.", "Mannen fälldes av tingsrätten."),
        ("no", "Prisene steg i mars.", "Prisene sank i mars."),
        ("da", "Ministeren kendte til sagen.", "Ministeren kendte ikke til sagen."),
        ("fi", "Onnettomuudessa loukkaantui kolme ihmistä.", "Onnettomuudessa kuoli kolme ihmistä."),
        ("pl", "Sąd skazał lekarza.", "Sąd uniewinnił lekarza."),
        ("cs", "Starosta o platbách věděl.", "Starosta o platbách nevěděl."),
        ("ru", "По словам полиции, водитель скрылся.", "По словам очевидцев, водитель скрылся."),
        ("uk", "Суд виправдав лікаря.", "Суд засудив лікаря."),
        ("tr", "Bakan ödemeleri biliyordu.", "Bakan ödemeleri bilmiyordu."),
        ("ar", "وأدانت المحكمة الطبيب.", "وبرأت المحكمة الطبيب."),
        ("hi", "हादसे में तीन लोग घायल हुए।", "हादसे में तीन लोगों की मौत हुई।"),
        ("id", "Harga beras naik pada Maret.", "Harga beras turun pada Maret."),
        ("zh", "公司否认知情。", "公司承认知情。"),
        ("ja", "地裁は無罪を言い渡した。", "地裁は有罪を言い渡した。"),
        ("ko", "사고로 3명이 다쳤다.", "사고로 3명이 숨졌다."),
    ],
)
def test_a_reversed_statement_is_substantive_in_every_language(language, old, new):
    assert level(language, old, new) >= Significance.SUBSTANTIVE.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("de", "Zwölf Helfer waren im Einsatz.", "12 Helfer waren im Einsatz."),
        ("de", "Sein Anwalt wies die Vorwürfe zurück.", "Die Vorwürfe wies sein Anwalt zurück."),
        ("es", "El paro bajó un 2 por ciento.", "El paro bajó un 2 %."),
        ("fr", "Selon la police, personne n'a été blessé.", "Personne n'a été blessé, selon la police."),
        ("tr", "Enflasyon yüzde 4,1 oldu.", "Enflasyon %4,1 oldu."),
        ("ru", "Музей откроется в мае, заявил директор.", "Директор заявил, что музей откроется в мае."),
        ("zh", "约300人参加了活动。", "约三百人参加了活动。"),
        ("ja", "約３００人が参加した。", "約300人が参加した。"),
        ("hi", "करीब पांच सौ लोग आए।", "करीब 500 लोग आए।"),
        ("de", "Es dauerte 30 Minuten.", "Es dauerte eine halbe Stunde."),
        ("de", "Die Bahn streicht ein Dutzend Züge.", "Die Bahn streicht zwölf Züge."),
        ("fr", "Le pont coûte 3 Md€.", "Le pont coûte 3 milliards d'euros."),
        ("es", "Un tercio está de acuerdo.", "El 33 % está de acuerdo."),
        ("pl", "Przyszło 1,5 miliona ludzi.", "Przyszło półtora miliona ludzi."),
        ("zh", "25%的人同意。", "四分之一的人同意。"),
        ("en", "Half a million people fled.", "500,000 people fled."),
        ("en", "The talks begin at noon.", "The talks begin at 12 p.m."),
        ("fr", "Le musée ferme à minuit.", "Le musée ferme à 0 heure."),
        ("it", "La fiera dura quindici giorni.", "La fiera dura due settimane."),
        ("uk", "Затримано дев'ятьох водіїв.", "Затримано 9 водіїв."),
        ("es", "La feria abre a las 18.30.", "A las 18.30 abre la feria."),
    ],
)
def test_the_same_told_otherwise_is_minor_at_most_in_every_language(language, old, new):
    assert level(language, old, new) <= Significance.MINOR.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "The tank lost 40 gallons of oil.", "The tank lost 40 barrels of oil."),
        ("de", "Der Tank verlor 40 Liter Öl.", "Der Tank verlor 40 Tonnen Öl."),
        ("fr", "Il devra attendre deux semaines.", "Il devra attendre deux mois."),
        ("es", "La presa está a 9 kilómetros.", "La presa está a 9 metros."),
        ("pl", "Rura ma 9 kilometrów.", "Rura ma 9 metrów."),
        ("ru", "Он получил шесть месяцев.", "Он получил шесть лет."),
        ("sv", "Priset steg med 5 procent.", "Priset steg med 5 procentenheter."),
        ("ja", "予定は4月6日だ。", "予定は6月4日だ。"),
        ("nl", "De vrouw beet de hond.", "De hond beet de vrouw."),
        ("ko", "회사는 결함을 알렸다고 밝혔다.", "회사는 결함을 알리지 않았다고 밝혔다."),
        ("it", "Secondo i vicini, la porta era aperta.", "Secondo il custode, la porta era aperta."),
        ("tr", "Komşulara göre kapı açıktı.", "Müdüre göre kapı açıktı."),
        ("pt", "O produto pode causar alergia.", "O produto causa alergia."),
        ("de", "Die Halle hatte eine Genehmigung.", "Der Halle fehlte eine Genehmigung."),
    ],
)
def test_units_sources_parties_and_modal_verbs_are_known_in_their_language(language, old, new):
    assert level(language, old, new) >= Significance.SUBSTANTIVE.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "Retailers estimate that 1,200 jobs will go.", "1,200 jobs will go."),
        ("de", "Die Händler schätzen, dass 1.200 Stellen wegfallen.", "1.200 Stellen fallen weg."),
        ("fr", "Les commerçants estiment que 1 200 emplois disparaîtront.", "1 200 emplois disparaîtront."),
        ("es", "Los hosteleros calculan que se perderán 1.200 empleos.", "Se perderán 1.200 empleos."),
        ("it", "I negozianti stimano che si perderanno 1.200 posti.", "Si perderanno 1.200 posti."),
        ("pt", "Os lojistas estimam que 1.200 vagas serão fechadas.", "1.200 vagas serão fechadas."),
        ("nl", "Winkeliers schatten dat 1.200 banen verdwijnen.", "1.200 banen verdwijnen."),
        ("sv", "Handlarna uppskattar att 1 200 jobb försvinner.", "1 200 jobb försvinner."),
        ("no", "Butikkene anslår at 1200 jobber forsvinner.", "1200 jobber forsvinner."),
        ("da", "Butikkerne anslår, at 1.200 job forsvinder.", "1.200 job forsvinder."),
        ("pl", "Handlowcy szacują, że zniknie 1200 miejsc pracy.", "Zniknie 1200 miejsc pracy."),
        ("cs", "Obchodníci odhadují, že zmizí 1200 míst.", "Zmizí 1200 míst."),
        ("ru", "Торговцы оценивают, что исчезнет 1200 мест.", "Исчезнет 1200 мест."),
        ("ru", "По версии следствия, он похитил 14 млн рублей.", "Он похитил 14 млн рублей."),
        ("uk", "За версією слідства, він викрав 14 млн.", "Він викрав 14 млн."),
        ("id", "Pedagang memperkirakan 1.200 pekerjaan hilang.", "1.200 pekerjaan hilang."),
    ],
)
def test_who_estimates_or_supposes_is_a_source(language, old, new):
    assert level(language, old, new) >= Significance.SUBSTANTIVE.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("ru", "Следователи проверяют обе версии пожара.", "Следователи проверяют две версии пожара."),
        ("it", "I vicini stimano molto il parroco.", "I vicini amano molto il parroco."),
        ("it", "L’azienda respinge ogni acusa.", "L’azienda respinge ogni accusa."),
    ],
)
def test_words_for_saying_that_say_nothing_there_are_no_source(language, old, new):
    assert level(language, old, new) <= Significance.MINOR.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("de", "Stadt hebt Preise an", "Stadt senkt Preise"),
        ("it", "Il governo vuole aumentare la tassa sui voli", "Il governo vuole ridurre la tassa sui voli"),
        ("it", "Il governo alza la tassa sui voli", "Il governo abbassa la tassa sui voli"),
        ("sv", "Regeringen vill höja flygskatten", "Regeringen vill sänka flygskatten"),
        ("no", "Regjeringen vil heve flyavgiften", "Regjeringen vil senke flyavgiften"),
        ("da", "Regeringen vil hæve flyafgiften", "Regeringen vil sænke flyafgiften"),
        ("fi", "Hallitus aikoo nostaa lentoveroa", "Hallitus aikoo laskea lentoveroa"),
        ("pl", "Rząd chce podnieść podatek lotniczy", "Rząd chce obniżyć podatek lotniczy"),
        ("ru", "Правительство хочет повысить сбор", "Правительство хочет снизить сбор"),
        ("tr", "Hükümet uçuş vergisini artıracak", "Hükümet uçuş vergisini düşürecek"),
        ("id", "Pemerintah akan menaikkan pajak", "Pemerintah akan menurunkan pajak"),
        ("ar", "الحكومة تعتزم رفع ضريبة الطيران", "الحكومة تعتزم خفض ضريبة الطيران"),
    ],
)
def test_to_raise_put_for_to_lower_reverses_a_headline(language, old, new):
    text = "Lorem ipsum dolor."
    sides = (Story(headline=side, language=language, paragraphs=(Paragraph(text),)) for side in (old, new))
    assert compare(*sides).verdict.significance is Significance.MAJOR


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "The trust did not respond to questions.", "The trust said on Friday that it would look into it."),
        ("de", "Die Firma reagierte nicht auf Fragen.", "Die Firma teilte am Freitag mit, sie prüfe den Fall."),
        ("fr", "Le groupe n’a pas répondu à nos questions.", "Le groupe a indiqué vendredi étudier le dossier."),
        ("es", "La empresa no respondió a las preguntas.", "La empresa dijo el viernes que estudia el caso."),
        ("nl", "De vakbond wilde nog niet reageren.", "De vakbond noemt het plan in een reactie “pover”."),
        ("ru", "В компании пока не ответили.", "В компании заявили, что проверят жалобу."),
    ],
)
def test_an_answer_that_came_is_a_development_in_every_language(language, old, new):
    assert level(language, old, new) == Significance.DETAIL.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "Join us on Thursday at 6 p.m. for a panel on rents.", "The paper held a panel on rents on Thursday."),
        (
            "fr",
            "Les mineurs bloquaient toujours le port jeudi matin.",
            "Les mineurs ont levé le camp du port jeudi midi.",
        ),
        ("en", "Shares fell 4 percent in early trading.", "Shares closed down 6 percent."),
    ],
)
def test_what_went_on_and_is_told_as_over_is_a_development(language, old, new):
    assert level(language, old, new) <= Significance.DETAIL.level


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_words_of_one_meaning_are_in_no_other_list_opposed(language):
    words = words_of(language)
    single = [[word.rstrip("*") for word in row.split() if "_" not in word] for row in rows(language)]
    for lexicon in (words.lexicons["opposite"], words.lexicons["exclusive"]):
        for row in single:
            senses = [sense for word in row for sense in set(lexicon.senses(word))]
            assert len({row for row, _ in senses}) == len(set(senses)), row


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_words_of_a_language_say_what_they_are_for(language):
    words = words_of(language)
    assert all(words.listed(name) for name in ("negation", "hedge", "saying", "function", "editorial"))
    assert {"death", "guilt", "acquittal", "arrest"} <= words.table["states"].keys()
    assert all(len(row.split("/")) == 2 for name in ("opposites", "certainty") for row in words.phrases(name))


def test_a_star_stands_for_any_ending():
    assert [fact.value for fact in states("Суд осудил врача", language="ru")] == ["guilt"]


def test_a_conjunction_grown_onto_a_word_hides_nothing():
    assert [fact.value for fact in states("والمتهم", language="ar")] == ["charge"]


def test_where_no_blanks_part_words_they_are_found_within_the_text():
    assert [fact.text for fact in states("公司否认知情", language="zh")] == ["否认"]


def test_a_phrase_that_denies_nothing_is_no_denial():
    assert negations("No fewer than 40 came") == ()
    assert len(negations("She did not come")) == 1


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("zh", "12万人", ["120000"]),
        ("ja", "3億円", ["300000000 JPY"]),
        ("ja", "十二人", ["12"]),
        ("ko", "30명", ["30"]),
        ("hi", "पांच सौ", ["500"]),
        ("en", "one hundred and twenty", ["120"]),
        ("en", "6 percentage points", ["6 points"]),
        ("pl", "14 mln zł", ["14000000 PLN"]),
    ],
)
def test_numbers_are_read_with_the_numerals_and_units_of_their_language(language, text, values):
    assert [fact.value for fact in numbers(text, language=language)] == values


def test_a_language_without_a_file_has_no_words_and_does_no_harm():
    assert attributions("X yz", language="xx") == ()
    assert level("xx", "Abc def ghi.", "Abc def jkl.") <= Significance.MINOR.level
