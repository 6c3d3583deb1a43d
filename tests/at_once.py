"""Several acts at the same moment."""

import threading

from django.db import connection


def at_once(*acts) -> list[BaseException | None]:
    """Let several acts begin at the same moment, each by a thread with its own connection; give what each raised."""
    gate, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            gate.wait()
            acts[place]()
        except Exception as error:  # whatever it is, it is what the test looks for
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
