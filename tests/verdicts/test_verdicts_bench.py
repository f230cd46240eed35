"""The figures on pairs that a person judged hold their floors."""

from bench import verdicts


def test_no_figure_falls_below_its_floor(capsys):
    assert verdicts.main(["--check"]) == 0, capsys.readouterr().out


def test_a_figure_below_its_floor_fails(monkeypatch, capsys):
    monkeypatch.setattr(verdicts, "FLAG", 5)
    assert verdicts.main(["--check"]) == 1
    assert "flag_f1" in capsys.readouterr().err
