"""Decisions from the queue."""

from tests.support.desk import csrf, post


class TestSteps:
    def test_the_queues_script_gets_the_row(self, desk, case):
        form = {"version": "1", "action": "reject"}
        token = csrf(desk.get("/desk/queue").text)
        path, headers = f"/desk/cases/{case.id}/decisions?status=open", {"Accept": "application/json"}
        done = desk.post(path, data={"csrf_token": token, **form}, headers=headers).get_json()
        assert (done["status"], done["version"], done["message"]) == (
            "rejected",
            2,
            f"Rejected: {case.exact}",
        )
        late = desk.post(path, data={"csrf_token": token, **form}, headers=headers)
        assert late.status_code == 409 and late.get_json()["version"] == 2
        assert "Already rejected" in late.get_json()["message"]
        anyway = form | {"csrf_token": token, "version": "2", "action": "accept", "override": "yes"}
        assert desk.post(path, data=anyway, headers=headers).get_json()["status"] == "accepted"

    def test_without_scripts_a_conflict_offers_to_decide_anew(self, desk, case):
        post(desk, f"/desk/cases/{case.id}/decisions", version="1", action="reject")
        late = post(desk, f"/desk/cases/{case.id}/decisions", version="1", action="accept")
        assert (
            late.status_code == 409 and "Change the decision" in late.text and 'name="override"' in late.text
        )
