"""Check 14: the browser tests notice whatever the content security policy refuses.

That no page has anything written inline, and none has a policy that allows it, is seen on the walk through the demo in
tests/test_demo.py, and for each kind of answer in tests/test_headers.py.
"""

WRITTEN = {
    "attribute": "document.body.setAttribute('style', 'color: red')",
    "style": "document.head.append(Object.assign(document.createElement('style'), {textContent: 'b {color: red}'}))",
    "script": "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))",
    "handler": "document.body.insertAdjacentHTML('afterbegin', '<b onclick=\"window.ran = 1\">x</b>')",
}


def test_what_the_policy_refuses_fails_the_test_that_meets_it(page, watch, transactional_db):
    page.goto("/accounts/login/")
    for way, written in WRITTEN.items():
        page.evaluate(written)
        if way == "handler":
            page.locator("b").first.dispatch_event("click")
        page.wait_for_timeout(50)
        assert any("Content Security Policy" in problem for problem in watch.problems), way
        watch.problems.clear()
    assert page.evaluate("window.ran") is None
