"""Words of one meaning change nothing, words of one class that exclude each other do, and so does who is named."""

from dataclasses import replace

import pytest

from revtrack.model import Note, NoteKind, Paragraph, Significance, Story
from revtrack.verdicts import compare
from revtrack.verdicts.thesaurus import rows
from revtrack.vocabulary import LANGUAGES

POLISHED = (
    ("The office on Pine Street opened in 2004 after a long wait.", "Nobody was in, and the lights were off."),
    ("The office on Pine Street opened in 2004 following a lengthy wait.", "Nobody was in, with the lights off."),
)
"""Two paragraphs before and after an editor polished them."""


def level(old, new, *, language="en", headline="Old mill"):
    sides = (Story(headline=headline, language=language, paragraphs=(Paragraph(side),)) for side in (old, new))
    return compare(*sides).verdict.significance.level


def level_among_others(old, new):
    sides = zip((old, new), POLISHED, strict=True)
    stories = (
        Story(headline="Old mill", language="en", paragraphs=tuple(map(Paragraph, (first, side, last))))
        for side, (first, last) in sides
    )
    return compare(*stories).verdict.significance.level


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "The ferry was towed to shore.", "The boat was towed to shore."),
        ("en", "The treasurer stepped down.", "The treasurer resigned."),
        ("en", "The bill was voted down.", "The bill was defeated."),
        ("en", "The strike crippled the port.", "The strike paralyzed the port."),
        ("en", "The law takes effect in July.", "The law comes into force in July."),
        ("en", "The band unveiled a song.", "The band announced a song."),
        ("de", "Der Dieb sitzt im Gefängnis.", "Der Dieb sitzt in der Haftanstalt."),
        ("fr", "Le chauffeur du navire dort.", "Le chauffeur du bateau dort."),
        ("es", "El terremoto duró un minuto.", "El sismo duró un minuto."),
    ],
)
def test_a_word_or_phrase_for_one_that_means_the_same_is_minor(language, old, new):
    assert level(old, new, language=language) <= Significance.MINOR.level


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The van hit a lamp post.", "The truck hit a lamp post."),
        ("The roof was damaged by hail.", "The roof was destroyed by hail."),
        ("The author drafted a will.", "The author published a will."),
        ("The plant burns coal.", "The plant burns oil."),
        ("The bag was stolen in Ulm.", "The bag was found in Ulm."),
        ("The founder spoke at length.", "The treasurer spoke at length."),
        ("The ballot was close to unanimous.", "The ballot was close to split."),
    ],
)
def test_a_word_for_one_that_excludes_it_is_substantive_whatever_else_was_polished(old, new):
    assert level_among_others(old, new) == Significance.SUBSTANTIVE.level


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A fire crew stayed at the church until dawn.", "Firefighters remained at the church until dawn."),
        ("He drove the truck to a farm, where he keeps cattle.", "He drove the truck to a farm where he has cattle."),
        ("The band played a long set in the rain.", "It rained while the band played its long set."),
        ("The bank lent the town the money in March.", "In March the bank lent the town the money."),
    ],
)
def test_words_of_a_class_that_stay_make_no_claim_of_a_polished_sentence(old, new):
    assert level(old, new) <= Significance.MINOR.level


def test_a_phrase_is_no_single_word_that_begins_it():
    assert level("It opens on the 12th at noon in Ulm.", "It starts on the 19th at noon in Ulm.") == 3


@pytest.mark.parametrize("pair", ["grey gray", "kerb curb", "defence defense", "sceptical skeptical", "tyre tire"])
def test_british_and_american_spellings_are_cosmetic(pair):
    old, new = pair.split()
    assert level(f"The {old} is in the report.", f"The {new} is in the report.") == 0


def test_a_numeral_with_another_vowel_is_a_slip_and_another_word_is_not():
    assert level("It took fourty days.", "It took forty days.") == 0
    assert level("It came fifth to last.", "It came fifty to last.") > 0
    assert level("The tower is of great height.", "The tower is of great eight.") > 0


def test_members_of_a_list_in_another_order_swap_no_roles():
    assert level("The club, the school and the choir came.", "The choir, the school and the club came.") == 1
    assert level("The club, after a row, sued the choir.", "The choir, after a row, sued the club.") == 3


def test_a_name_with_other_sounds_is_another_name():
    assert level("They met Ada Okoro in Lund.", "They met Ada Okafor in Lund.") == 3
    for name, spelt in (
        ("Lindkvist", "Lindqvist"),
        ("Steven", "Stephen"),
        ("Rob", "Robert"),
        ("Philly", "Philadelphia"),
    ):
        assert level(f"They met Ada {name} in Lund.", f"They met Ada {spelt} in Lund.") <= 2


def test_a_name_that_shares_a_word_with_one_that_went_did_not_go():
    old = "She left Lund State University, the University of Ulm, and the Lyon University of Arts."
    new = "She left the University of Ulm and the Lyon University of Arts."
    revision = compare(*(Story(headline="x", language="en", paragraphs=(Paragraph(side),)) for side in (old, new)))
    assert not any("Ulm" in reason.before for reason in revision.verdict.reasons)


def test_an_office_that_is_told_in_full_once_and_as_what_it_is_elsewhere_was_not_dropped():
    old = ("MODE NY builds the form with the board.", "MODE NY is a team of nine.")
    new = ("The Mendham Office of Digital Experience builds the form with the board.", "The office is a team of nine.")
    sides = (Story(headline="x", language="en", paragraphs=tuple(map(Paragraph, side))) for side in (old, new))
    assert compare(*sides).verdict.significance.level <= Significance.DETAIL.level


def test_a_clause_behind_the_last_comma_is_a_detail_and_one_told_elsewhere_is_not():
    assert level("Two towns count by hand, which delays results.", "Two towns count by hand.") == 2
    assert level("The mill is shut, the owner said.", "The owner said the mill is shut.") == 1


def test_what_a_source_says_beside_a_claim_put_otherwise_hides_no_claim():
    old = "The audit is quite narrow and cannot speak to the finer points of how the vote was run."
    new = "The audit confirms that the count was accurate, but such reviews, experts say, never show how the vote was run."
    assert level(old, new) == Significance.SUBSTANTIVE.level


def test_a_quotation_that_stays_in_an_edited_headline_is_not_gone():
    old = Story(
        headline="Learn of the roots of ‘Slow Bread’ in Ulm", language="en", paragraphs=(Paragraph("Come by."),)
    )
    found = compare(old, replace(old, headline="Watch: the long history of ‘Slow Bread’ in Ulm")).verdict
    assert not any(reason.feature.startswith("quotation") for reason in found.reasons)


def test_a_verb_of_saying_for_another_is_minor_and_one_that_takes_sides_is_not():
    body = "The panel met in Lund."
    for verb, expected in (("says", Significance.MINOR), ("insists", Significance.SUBSTANTIVE)):
        stories = (
            Story(headline=f"Mills should close, panel {told}", language="en", paragraphs=(Paragraph(body),))
            for told in ("recommends", verb)
        )
        assert compare(*stories).verdict.significance is expected


def test_a_correction_that_tells_both_states_is_about_every_place_that_told_the_wrong_one():
    note = Note(
        "Correction: We wrongly stated that Mr Hale had been convicted. He has been charged.", NoteKind.CORRECTION
    )
    old = Story(
        headline="Ex-officer convicted of leaks",
        language="en",
        paragraphs=(Paragraph("Ed Hale, 52, was found guilty of misconduct."),),
    )
    new = replace(
        old,
        headline="Ex-officer charged with leaks",
        paragraphs=(Paragraph("Ed Hale, 52, is accused of misconduct."),),
        notes=(note,),
    )
    assert compare(old, new).verdict.disclosure == "disclosed"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_rows_of_the_thesaurus_hold_more_than_one_word_and_none_twice(language):
    listed = [row.split() for row in rows(language)]
    assert all(len(words) > 1 and len(set(words)) == len(words) for words in listed)
    assert not [word for words in listed for word in words if "*" in word[:-1]]


def sides_of(language, old, new):
    return (Story(headline="News", language=language, paragraphs=tuple(map(Paragraph, side))) for side in (old, new))


@pytest.mark.parametrize(
    ("language", "quoted"),
    [
        ("da", "»Vi er kede af det, men vi kan ikke betale huslejen længere,« siger direktør Mette Holm."),
        ("de", "»Wir warten noch auf das Geld«, sagt Jana Holm."),
        ("en", "“We are still waiting for the money,” Jana Holm said."),
    ],
)
def test_a_quotation_that_goes_is_substantive_whatever_opens_it_and_though_it_tells_what_goes_on(language, quoted):
    rest = "Lorem ipsum dolor sit amet."
    (reason,) = compare(*sides_of(language, (rest, quoted), (rest,))).verdict.reasons
    assert (reason.feature, reason.significance) == ("quotation_removed", Significance.SUBSTANTIVE)


def test_a_line_that_points_to_another_page_is_none_of_the_story():
    (reason,) = compare(
        *sides_of("de", ("Lorem ipsum.", "» Alles zum Umbau der Halle"), ("Lorem ipsum.",))
    ).verdict.reasons
    assert (reason.feature, reason.significance) == ("line_removed", Significance.MINOR)


def test_a_name_within_another_name_is_still_another_name():
    old, new = (
        ("Two men robbed the jeweller Orsini on 4 January.",),
        ("Two men robbed the jeweller Corsini on 4 January.",),
    )
    (reason,) = compare(*sides_of("en", old, new)).verdict.reasons
    assert (reason.before, reason.after) == ("Orsini", "Corsini")


def test_another_source_is_found_in_a_language_whose_verb_stands_first():
    old, new = ("وتبلغ الكلفة 900 مليون، بحسب الشركة المنفذة.",), ("وتبلغ الكلفة 900 مليون، بحسب مصادر نقابية.",)
    (reason,) = compare(*sides_of("ar", old, new)).verdict.reasons
    assert (reason.feature, reason.significance) == ("attribution", Significance.SUBSTANTIVE)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [("hi", "वे सुबह पाच बजे आती हैं।", "वे सुबह पांच बजे आती हैं।"), ("ar", "عُدّل موعد الجلسة.", "عدل موعد الجلسة.")],
)
def test_marks_that_many_writers_leave_out_are_a_matter_of_spelling(language, old, new):
    assert compare(*sides_of(language, (old,), (new,))).verdict.significance is Significance.COSMETIC


def test_a_lone_exchange_beside_a_fact_put_right_is_a_claim_and_beside_polish_it_is_not():
    fact = ("The pool holds 900 people.", "The pool holds 600 people.")
    lone = ("It was closed because of mould in the ceiling.", "It was closed because of asbestos in the ceiling.")
    beside_fact = compare(*sides_of("en", (fact[0], lone[0]), (fact[1], lone[1]))).verdict
    assert [(r.feature, r.significance) for r in beside_fact.reasons][1:] == [("claim", Significance.SUBSTANTIVE)]
    beside_polish = compare(*sides_of("en", (*POLISHED[0], lone[0]), (*POLISHED[1], lone[1]))).verdict
    assert beside_polish.significance is Significance.MINOR
