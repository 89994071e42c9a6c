"""Jobs on disk: what is known of one after whatever happened to its process."""

from pathlib import Path

from planbook.server.job_records import JobEnding, JobJournal, JobProgress, JobRequest, JobState
from planbook.server.jobs import JobRunner, stand_job

REQUEST = JobRequest("issue", "/台账", {"period": "2024Q1"})


def test_a_job_tells_where_it_stands(tmp_path: Path) -> None:
    journal = JobJournal(tmp_path)
    job = journal.add(REQUEST)
    assert journal.newest()[0].request() == REQUEST

    def state() -> JobState:
        standing = stand_job(job)
        assert standing
        return standing.state

    assert state() is JobState.QUEUED
    job.note_process(1, 2.0)
    job.note_progress(JobProgress(3, 10, "某单位"))
    assert (state(), job.progress()) == (JobState.RUNNING, JobProgress(3, 10, "某单位"))
    ending = JobEnding(JobState.DONE, 1.0, {"forms": []}, ("一",), needs_person=True, opens=("/a",))
    job.note_ending(ending)
    job.note_ending(JobEnding(JobState.INTERRUPTED, 2.0))
    assert (state(), job.ending()) == (JobState.DONE, ending)


def test_jobs_are_found_by_whole_names_alone(tmp_path: Path) -> None:
    journal = JobJournal(tmp_path / "jobs")
    job = journal.add(REQUEST)
    assert journal.find(job.id)
    for strange in ("", ".", "..", "../jobs", job.id + "/", f"../jobs/{job.id}", "0" * 13, job.id.upper() + "\n"):
        assert journal.find(strange) is None


def test_what_a_dead_service_left_is_settled(tmp_path: Path) -> None:
    journal = JobJournal(tmp_path)
    queued, cut, done = (journal.add(REQUEST) for _ in range(3))
    cut.note_process(2**22 + 7, 1.0)  # a number that no process has
    done.note_process(2**22 + 7, 1.0)
    done.note_ending(JobEnding(JobState.DONE, 1.0))
    runner = JobRunner(journal, print)
    runner.start()
    runner.close()
    states = [ending.state for job in (queued, cut, done) if (ending := job.ending())]
    assert states == [JobState.INTERRUPTED, JobState.INTERRUPTED, JobState.DONE]


def test_a_damaged_folder_costs_that_job_alone(tmp_path: Path) -> None:
    journal = JobJournal(tmp_path)
    job = journal.add(REQUEST)
    (job.path / "job.json").write_text("{", encoding="utf-8")
    assert stand_job(job) is None
    assert len(journal.newest()) == 1


def test_old_jobs_are_cleared_away(tmp_path: Path) -> None:
    journal = JobJournal(tmp_path)
    for _ in range(203):
        journal.add(REQUEST).note_ending(JobEnding(JobState.DONE, 1.0))
    journal.prune()
    assert len(list(tmp_path.iterdir())) == 200
