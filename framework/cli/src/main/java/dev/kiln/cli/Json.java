package dev.kiln.cli;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes results for machines. Apart from the console, so that Jackson is loaded only where JSON is asked for. */
final class Json {

    private Json() {}

    /** One line; a record's components in their own order, numbers that are none as strings. */
    static String line(Object value) {
        return JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build()
                .writeValueAsString(value);
    }
}
