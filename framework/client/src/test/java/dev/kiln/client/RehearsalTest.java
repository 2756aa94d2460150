package dev.kiln.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients do first, as it is recorded for their start-up cache. */
@Timeout(180)
class RehearsalTest {

    @Test
    void it_goes_through_a_clients_life() throws Exception {
        Rehearsal.main(new String[0]);
    }
}
