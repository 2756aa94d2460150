package dev.kiln.lstm.samples;

import java.sql.Connection;

public final class OpensDatabases {
    String schema(Connection connection) throws java.sql.SQLException {
        return connection.getSchema();
    }
}
