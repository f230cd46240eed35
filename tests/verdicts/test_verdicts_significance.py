"""What an edit means decides its level, not how long it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.model import Paragraph, ParagraphKind, Significance, Story
from revtrack.verdicts import compare

REST = (
    "The council met on Thursday to hear the report of the fire service.",
    "Residents had asked for a hearing since the summer.",
)


def story(sentence, *, headline="Fire at the mill", language="en", kind=ParagraphKind.TEXT, **fields):
    paragraphs = (Paragraph(sentence, kind), *map(Paragraph, REST))
    return Story(headline=headline, language=language, paragraphs=paragraphs, **fields)


def verdict(old, new, **fields):
    return compare(story(old, **fields), story(new, **fields)).verdict


def level(old, new, **fields):
    return verdict(old, new, **fields).significance.level


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("The blast killed 12 people.", "The blast killed 21 people.", "12", "21"),
        ("The work begins in March.", "The work begins in October.", "March", "October"),
        ("It opens again this spring.", "It opens again this autumn.", "spring", "autumn"),
        ("The wall is 6 metres high.", "The wall is 6 feet high.", "metres", "feet"),
        ("The fine was 5 euros.", "The fine was 5 dollars.", "euros", "dollars"),
        ("He will serve 9 months.", "He will serve 9 years.", "months", "years"),
        ("The bridge cost $6 million to mend.", "The bridge cost €6 million to mend.", "$", "€"),
        ("The city paid $1.5m for the site.", "The city paid $15m for the site.", "$1.5m", "$15m"),
        ("He faces 3 years in prison.", "He faces 30 years in prison.", "3", "30"),
        ("The vote is on 3 March.", "The vote is on 13 March.", "3 March", "13 March"),
        ("The minister knew of the plan.", "The minister did not know of the plan.", "knew", "did not know"),
        ("It was −3 degrees in the valley.", "It was 3 degrees in the valley.", "−3", "3"),
        ("It was -3 degrees in the valley.", "It was 3 degrees in the valley.", "-3", "3"),
        ("The striker will re-sign on Monday.", "The striker will resign on Monday.", "re-sign", "resign"),
        ("The mayor praised the reform.", "The mayor praised the “reform”.", "reform", "“reform”"),
        ("Police sought the rapist on Friday.", "Police sought therapist on Friday.", "the rapist", "therapist"),
        ("The minister allegedly lied.", "The minister lied.", "allegedly", ""),
        ("The minister lied to them.", "The minister allegedly lied to them.", "", "allegedly"),
        ("Two men were injured in the crash.", "Two men were killed in the crash.", "injured", "killed"),
        ("He was charged with fraud.", "He was convicted of fraud.", "charged", "convicted"),
        ("The bank will cut jobs, it said.", "The bank will cut jobs.", ", it said", ""),
        ("Anna Berg opened the door.", "Maria Lund opened the door.", "Anna Berg", "Maria Lund"),
        ("“We may sell the mill,” he said.", "“We must sell the mill,” he said.", "may", "must"),
        ("The suspect's son was there.", "The suspect's daughter was there.", "son", "daughter"),
        ("All members agreed to it.", "Most members agreed to it.", "All", "Most"),
        ("The trial starts at 9 a.m. on Monday.", "The trial starts at 10 a.m. on Monday.", "9 a.m.", "10 a.m."),
        ("Six men and 14 women left.", "Fourteen men and six women left.", "Six men and 14", "Fourteen men and six"),
        ("Hundreds of people came.", "More than a hundred people came.", "Hundreds", "hundred"),
        (
            "According to a guest, the host fell, he said.",
            "The host fell, he said.",
            "According to a guest, the",
            "The",
        ),
        ("The firm bribed two men, residents claim.", "The firm bribed two men.", ", residents claim", ""),
        ("Critics argue the road is unsafe.", "The road is unsafe.", "Critics argue the", "The"),
        ("The rule names mumps and rubella.", "The rule names mumps.", "and rubella", ""),
        ("The chair resigned on Monday.", "The chair offered to resign on Monday.", "resigned", "offered to resign"),
        ("The well held traces of lead.", "The well held traces of mercury.", "lead", "mercury"),
        (
            "The plan, although it is costly and slow, passed.",
            "The plan passed.",
            ", although it is costly and slow,",
            "",
        ),
        (
            "The report, which is not verified, names two guards.",
            "The report names two guards.",
            ", which is not verified,",
            "",
        ),
        ("The dam broke at 3 a.m. on Monday.", "The dam broke at 3 p.m. on Monday.", "3 a.m.", "3 p.m."),
        ("The deputy mayor signed it.", "The mayor signed it.", "deputy", ""),
        (
            "The repairs were never carried out.",
            "The repairs were not carried out in full.",
            "never carried out",
            "not carried out in full",
        ),
        (
            "It heard 12 witnesses in two weeks.",
            "It heard two witnesses in 12 weeks.",
            "12 witnesses in two",
            "two witnesses in 12",
        ),
    ],
)
def test_edits_that_others_hide_are_substantive_and_show_before_and_after(old, new, before, after):
    found = verdict(old, new)
    assert found.significance.level >= Significance.SUBSTANTIVE.level
    first = found.reasons[0]
    assert (first.before, first.after, first.where) == (before, after, "paragraph 1")


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("Er wusste davon.", "Er wusste nicht davon.", "de"),
        ("Bei dem Unfall starben drei Menschen.", "Bei dem Unfall starben zwei Menschen.", "de"),
        ("Il a tué deux hommes.", "Il aurait tué deux hommes.", "fr"),
        ("El alcalde ha sido condenado.", "El alcalde ha sido imputado.", "es"),
        ("火事で3人が死亡した。", "火事で5人が死亡した。", "ja"),
    ],
)
def test_meaning_counts_in_other_languages_too(old, new, language):
    assert level(old, new, language=language) >= Significance.SUBSTANTIVE.level


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mayor knew of leak", "Mayor did not know of leak"),
        ("Senate accepts bill", "Senate rejects bill"),
        ("Jury finds Berg guilty", "Jury finds Berg not guilty"),
        ("Police hunt the rapist", "Police hunt therapist"),
    ],
)
def test_one_word_that_reverses_the_headline_is_major(old, new):
    found = compare(story("A day.", headline=old), story("A day.", headline=new)).verdict
    assert found.significance is Significance.MAJOR
    assert found.reasons[0].where == "headline"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“It’s late” — he said…", '"It\'s late" – he said...'),
        ("Filed in 20224, the case is open.", "Filed in 2024, the case is open."),
        ("They recieved the letter.", "They received the letter."),
        ("The goverment fell over teh bill.", "The government fell over the bill."),
        ("The council voted on the the bill.", "The council voted on the bill."),
        ("The council voted, and it passed.", "The council voted and it passed."),
        ("The colour of the harbour.", "The color of the harbor."),
        ("The health care bill.", "The healthcare bill."),
        ("The co-operation was good.", "The cooperation was good."),
        ("Of those, most said they been there.", "Of those, most said they had been there."),
        ("Comments (14)", "Comments (37)"),
        ("The 5failure was costly.", "The failure was costly."),
    ],
)
def test_slips_and_typography_are_cosmetic(old, new):
    assert level(old, new) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12 people agreed to the plan.", "A dozen people agreed to the plan."),
        ("Some 5% of the homes burned.", "Some 5 percent of the homes burned."),
        ("The mayor purchased a home.", "The mayor bought a home."),
        ("It didn't work at all.", "It did not work at all."),
        ("Mr. Berg went home.", "Berg went home."),
        ("The president of the United States spoke.", "The president of the U.S. spoke."),
        ("It was not clear who won.", "It was unclear who won."),
        ("The method is not reliable.", "The method is unreliable."),
        ("The dyke stood for 10 years.", "The dyke stood for a decade."),
        ("They waited for 90 minutes.", "They waited for an hour and a half."),
        ("One in five homes burned.", "Some 20 percent of the homes burned."),
        ("A third of the homes burned.", "One in three of the homes burned."),
        ("Two thirds of the homes burned.", "Two in three homes burned."),
        ("It was her 3rd win.", "It was her third win."),
        ("The report backs the claim that it burned.", "The report shows that it burned."),
        ("Neighbours argue over the hedge.", "Neighbours quarrel over the hedge."),
        ("Read more: Ten beaches for this summer", "Read more: How the tourist tax changes"),
        ("Ann Berg (nurse) called for help.", "Ann (nurse) called for help."),
        ("All Veterans may apply.", "All veterans may apply."),
        ("Tom Berg signed the bill. Berg has praised it.", "Tom Berg signed the bill. The Democrat has praised it."),
    ],
)
def test_the_same_in_other_words_is_minor_at_most(old, new):
    assert level(old, new) <= Significance.MINOR.level


def test_capitals_of_a_title_make_no_names():
    found = verdict("Old Mills: Why Every Village Needs Bread", "Bread: Why Every Village Needs Old Mills And Bakers")
    assert not any(reason.feature.startswith("name") for reason in found.reasons)


def test_moved_text_alone_is_cosmetic():
    long = "The harbour master said on Monday that the bridge would stay closed to all traffic until the spring."
    old = Story.from_paragraphs("Fire", [long, *REST])
    found = compare(old, Story.from_paragraphs("Fire", [*REST, long])).verdict
    assert found.significance is Significance.COSMETIC


def test_facts_added_are_a_detail():
    assert level("The mill burned down.", "The mill burned down. Nobody knows who owns the site.") == 2


def test_a_paragraph_or_quotation_removed_is_substantive():
    quoted = Story.from_paragraphs("Fire", [*REST, "Aid groups called the delay “a betrayal of all who wait”."])
    found = compare(quoted, Story.from_paragraphs("Fire", REST)).verdict
    assert [(r.feature, r.significance.level, r.where) for r in found.reasons] == [
        ("quotation_removed", 3, "paragraph 3")
    ]


def test_a_number_made_vaguer_is_a_detail():
    assert level("In total, 14 maps were submitted.", "In total, more than a dozen maps were submitted.") == 2


def test_another_spelling_of_a_name_is_a_detail_and_told_once():
    old = Story.from_paragraphs("Vote", ["On Monday Erik Anton ran.", "Later Erik Anton lost to Rita Holm."])
    new = Story.from_paragraphs("Vote", ["On Monday Eric Anton ran.", "Later Eric Anton lost to Rita Holm."])
    assert [(r.feature, r.significance.level) for r in compare(old, new).verdict.reasons] == [("name_spelling", 2)]


def test_a_name_of_which_two_parts_are_others_is_somebody_else_and_two_slips_are_spellings():
    assert level("The delegate Marta Olmedo spoke.", "The delegate María Olmos spoke.") == 3
    assert level("The delegate Marta Olmedo spoke.", "The delegate Martha Olmeda spoke.") == 2


def test_a_ratio_for_a_fraction_hides_no_figure_beside_it():
    assert level("A third of homes and 12 barns burned.", "One in three homes and 21 barns burned.") == 3


def test_a_toll_that_rises_in_headline_and_text_is_a_development_and_a_slip_of_digits_is_not():
    def toll(before, after):
        old = Story.from_paragraphs(f"Storm kills {before}", [f"At least {before} people were killed."])
        return compare(old, Story.from_paragraphs(f"Storm kills {after}", [f"At least {after} people were killed."]))

    assert toll("nine", "12").verdict.significance is Significance.DETAIL
    assert toll("12", "21").verdict.significance is Significance.SUBSTANTIVE
    assert toll("12", "9").verdict.significance is Significance.SUBSTANTIVE


def test_a_plan_that_came_true_is_a_development():
    assert level("The mayor is expected to issue an order today.", "The mayor issued an order today.") == 2


def test_a_byline_is_a_detail_and_a_caption_is_counted_by_its_own_number():
    found = compare(story("A day.", byline="By Rita Holm"), story("A day.", byline="By Staff")).verdict
    assert [(r.feature, r.significance.level, r.where) for r in found.reasons] == [("byline", 2, "byline")]
    kind = ParagraphKind.CAPTION
    found = verdict("Anna Berg at the mill on Monday.", "Maria Lund at the mill on Monday.", kind=kind)
    assert (found.significance.level, found.reasons[0].where) == (3, "caption 1")


def test_the_same_story_has_a_verdict_without_reasons():
    assert verdict("The mill burned down.", "The mill burned down.").reasons == ()


@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_any_two_stories_have_a_verdict_whose_level_is_that_of_its_heaviest_reason(old, new):
    revision = compare(Story.from_paragraphs("A", old), Story.from_paragraphs("B", new))
    levels = [reason.significance.level for reason in revision.verdict.reasons]
    assert levels == sorted(levels, reverse=True)
    assert revision.verdict.significance.level == max(levels, default=0)
    assert all(r.change is None or 0 <= r.change < len(revision.diff.changes) for r in revision.verdict.reasons)


def test_somebody_else_is_more_than_grammar():
    assert level("She denied the charge on Monday.", "He denied the charge on Monday.") == Significance.DETAIL.level


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The council bought new chairs.", "The council purchased new chairs."),
        ("The pipe will be mended, it said, within two weeks.", "The pipe, it said, will be mended within 14 days."),
        ("About a quarter of the seats were empty.", "About 25 percent of the seats were empty."),
        ("The renters lives changed, she said.", "The renters' lives changed, she said."),
        ("He lives in Pennsylavnia with his son.", "He lives in Pennsylvania with his son."),
        ("The Agency for Public Halls (APH) agreed.", "The Agency for Public Halls agreed."),
        ("Rain has sewed doubt among growers.", "Rain has sown doubt among growers."),
    ],
)
def test_synonyms_slips_and_other_words_for_a_number_are_minor_at_most(old, new):
    assert level(old, new) <= Significance.MINOR.level


def test_one_word_put_for_another_is_a_claim_alone_and_style_among_others():
    assert level("The firm is proud of its glass tower.", "The firm is proud of its brick tower.") == 3
    polished = level("The shed is fine with its blue gate.", "The shed looks fine, its blue gate included, today.")
    assert polished <= Significance.DETAIL.level


def test_a_caption_that_shows_something_else_is_substantive_one_that_came_is_a_detail():
    old, new = (
        story(shown, kind=ParagraphKind.CAPTION) for shown in ("Smoke over the mill at dawn.", "A parade held in 2019.")
    )
    assert compare(old, new).verdict.significance is Significance.SUBSTANTIVE
    bare = Story(headline=new.headline, language="en", paragraphs=new.paragraphs[1:])
    assert compare(bare, new).verdict.significance is Significance.DETAIL
    assert compare(new, bare).verdict.significance is Significance.SUBSTANTIVE


def test_a_paragraph_whose_words_stand_elsewhere_was_shortened_and_one_whose_words_do_not_is_gone():
    told = "The mill was built in 1890 by the grandfather of Jo Pike and made flour."
    kept = "Jo Pike spoke for an hour. The grandfather of Pike built the mill in 1890 and it made flour, he told them."
    with_both = Story(headline="Mill", language="en", paragraphs=(Paragraph(told), Paragraph(kept)))
    with_one = Story(headline="Mill", language="en", paragraphs=(Paragraph(kept),))
    assert compare(with_both, with_one).verdict.significance is Significance.DETAIL
    other = Story(headline="Mill", language="en", paragraphs=(Paragraph(told), Paragraph(REST[0])))
    bare = Story(headline="Mill", language="en", paragraphs=(Paragraph(REST[0]),))
    assert compare(other, bare).verdict.significance is Significance.SUBSTANTIVE


CODE = '(function() { var l = function() { new g.Parent("box-1", "https://files.test/a/b.html"); }; })();'


@pytest.mark.parametrize("added", [CODE, '{{< picture src="https://files.test/2020/a.jpg" >}}', "<!-- ad 3 --><br/>"])
def test_what_no_reader_reads_is_cosmetic(added):
    old = story("The mill is shut.")
    assert compare(old, replace(old, paragraphs=(*old.paragraphs, Paragraph(added)))).verdict.significance.level == 0


def test_another_address_of_a_page_is_minor_and_a_figure_beside_it_is_not():
    assert level("See https://mill.test/a1 for more.", "See https://mill.test/b2?x=3 for more.") == 1
    assert level("See https://mill.test/a for 12 photos.", "See https://mill.test/b for 21 photos.") == 3
    assert level("Weather: 12 degrees on Monday", "Weather: 21 degrees on Monday") == 3
    assert level("“They told [officers] to stop,” he said.", "“They told me to stop,” he said.") == 3


@pytest.mark.parametrize("marks", ['“%s"', '"%s”', "''%s''", "‘%s’", "» %s «"])
def test_words_in_a_quotation_whose_marks_do_not_match_are_quoted(marks):
    said = f"{marks} he told the court in Lund on Friday."
    found = verdict(said % "We will fight this ruling,", said % "We will accept this ruling,")
    assert [r.feature for r in found.reasons] == ["quotation"]


def test_the_next_day_of_something_that_goes_on_is_a_development():
    later = "The strike, now in its fourth day, has shut 15 mills."
    assert level("The strike, now in its third day, has shut 12 mills.", later) == 2
    assert level("The strike, now in its third day, has shut 15 mills.", later) == 3


def test_a_headline_under_another_label_is_reworded_and_no_other_claim():
    assert level("x", "x", headline="Fire") == 0
    old = story("The mill is shut.", headline="Attend a free panel on the future of the old mill")
    new = replace(old, headline="WATCH: A free panel on the future of the old mill")
    assert compare(old, new).verdict.significance.level == 2


def test_a_time_of_day_written_otherwise_is_minor():
    assert level("It begins at 7 p.m. in the hall.", "It begins at 7:00 PM in the hall.") == 1


def test_a_quotation_cut_short_no_longer_says_what_was_said():
    old = "“I was told to keep quiet and I did, because I was afraid,” the nurse said."
    found = verdict(old, "“I was told to keep quiet and I did,” the nurse said.")
    assert ("quotation", Significance.SUBSTANTIVE) in {(r.feature, r.significance) for r in found.reasons}


def test_a_headline_put_otherwise_weighs_the_same_there_and_back_whatever_figure_it_brings():
    sentence = "The operator said that two ferries would sail each day to the outer islands."
    headlines = (
        "Operator to halve winter timetable of outer islands",
        "Islanders left with two ferries as operator cuts",
    )
    old, new = (story(sentence, headline=headline) for headline in headlines)
    assert compare(old, new).verdict.significance is Significance.SUBSTANTIVE
    assert compare(new, old).verdict.significance is Significance.SUBSTANTIVE
