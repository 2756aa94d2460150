package dev.kiln.tasks.samples;

import java.sql.Connection;

public final class NeedsMoreThanBase {
    String schema(Connection connection) throws java.sql.SQLException {
        return connection.getSchema();
    }
}
