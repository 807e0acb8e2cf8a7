from django import forms

from tracker.lib.filter_fields import filter_field


class Filters(forms.Form):
    q = forms.CharField(label="Search", max_length=20, required=False, widget=forms.SearchInput({"data-search": ""}))
    stage = forms.ChoiceField(label="Stage", choices=[("", "Any"), ("applied", "Applied & sent")], required=False)
    closed = forms.BooleanField(label="Closed ones too", required=False)
    view = forms.CharField(required=False, widget=forms.HiddenInput)


def test_text_keeps_what_was_asked_for_and_escapes_it():
    assert filter_field(Filters({"q": '<b> "x"'})["q"]) == (
        '<div class="mb-3"><label for="id_q" class="form-label">Search</label><input type="search" '
        'value="&lt;b&gt; &quot;x&quot;" name="q" id="id_q" class="form-control" data-search maxlength="20"></div>'
    )


def test_the_chosen_option_is_selected_and_an_unknown_one_is_not():
    chosen = '<option value="applied" selected>Applied &amp; sent</option>'
    assert chosen in filter_field(Filters({"stage": "applied"})["stage"])
    assert "selected" not in filter_field(Filters({"stage": "bogus"})["stage"])
    assert '<option value="" selected>Any</option>' in filter_field(Filters()["stage"])


def test_a_tick_box_stands_before_its_label():
    box = filter_field(Filters({"closed": "on"})["closed"])
    assert box == (
        '<div class="mb-3"><div class="form-check"><input type="checkbox" checked name="closed" '
        'id="id_closed" class="form-check-input">'
        '<label for="id_closed" class="form-check-label">Closed ones too</label></div></div>'
    )
    assert "checked" not in filter_field(Filters({})["closed"])


def test_a_hidden_field_has_no_label():
    assert filter_field(Filters({"view": "quiet"})["view"]) == (
        '<input type="hidden" value="quiet" name="view" id="id_view">'
    )
