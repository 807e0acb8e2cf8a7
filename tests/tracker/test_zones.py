from django import forms

from tracker.lib.clock import zone_choices
from tracker.lib.zones import ZoneField


class Form(forms.Form):
    zone = ZoneField()


def test_the_box_has_every_zone_and_the_chosen_one_once():
    box = str(Form(initial={"zone": "Europe/London"})["zone"])
    assert box.count("<option ") == len(zone_choices())
    assert (box.count(" selected"), '<option value="Europe/London" selected>' in box) == (1, True)


def test_an_older_name_stays_chosen():
    box = str(Form(initial={"zone": "US/Pacific"})["zone"])
    assert '<option value="US/Pacific" selected>US/Pacific</option>' in box
    assert Form({"zone": "US/Pacific"}).is_valid()


def test_what_is_no_zone_is_refused_and_stays_text():
    form = Form({"zone": '"><script>'})
    assert (form.is_valid(), "<script>" in str(form["zone"])) == (False, False)


def test_the_label_finds_the_box():
    assert 'id="id_zone"' in str(Form()["zone"])
