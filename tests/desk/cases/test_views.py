"""Saved views of the queue."""

import pytest
from sqlalchemy import select

from moderation.models import SavedView
from tests.factories import (
    EditorFactory,
    SavedViewFactory,
)
from tests.support.desk import post


def test_one_is_kept_replaced_and_forgotten(session, desk, editor):
    post(desk, "/desk/views?kind=fact", name="Факты")
    post(desk, "/desk/views?kind=fact&lang=en", name="Факты")
    view = session.scalars(select(SavedView)).one()
    assert view.query == "status=open&kind=fact&lang=en"
    assert "?status=open&amp;kind=fact&amp;lang=en" in desk.get("/desk/queue").text
    post(desk, f"/desk/views/{view.id}/drop")
    assert session.scalars(select(SavedView.id)).all() == []


def test_one_of_all_sites_is_current_at_each_and_is_not_saved_again(session, desk, editor, site):
    SavedViewFactory(editor=editor, query="status=open&kind=fact")
    session.commit()
    page = desk.get(f"/desk/queue?site={site.id}&status=open&kind=fact").text
    assert 'aria-current="true">View' in page and "Save view" not in page
    assert "Save view" in desk.get(f"/desk/queue?site={site.id}&status=open&kind=other").text


def test_one_is_renamed_but_not_to_the_name_of_another(session, desk, editor):
    first, second = SavedViewFactory.create_batch(2, editor=editor)
    session.commit()
    post(desk, f"/desk/views/{first.id}/name", name=" Факты ")
    answer = post(desk, f"/desk/views/{second.id}/name", name="Факты")
    assert "You have a view with this name already" in desk.get(answer.location).text
    session.expire_all()
    assert (first.name, second.name) == ("Факты", second.name) and second.name != "Факты"


def test_another_editors_stays(session, desk):
    theirs = SavedViewFactory(editor=EditorFactory())
    post(desk, f"/desk/views/{theirs.id}/drop")
    refused = post(desk, f"/desk/views/{theirs.id}/name", name="Моё")
    assert "This view was deleted." in desk.get(refused.location).text
    session.expire_all()
    assert session.scalars(select(SavedView.name)).all() == [theirs.name] != ["Моё"]


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_name_that_is_none(desk, name):
    answer = post(desk, "/desk/views?kind=fact", name=name)
    assert "Enter a name of up to" in desk.get(answer.location).text


def test_no_more_than_twenty(session, desk, editor):
    views = SavedViewFactory.create_batch(20, editor=editor)
    session.commit()
    answer = post(desk, "/desk/views?kind=fact", name="one more")
    assert "You can save up to 20 views" in desk.get(answer.location).text
    answer = post(desk, "/desk/views?kind=fact", name=views[0].name)
    assert "You can save" not in desk.get(answer.location).text
