package io.millrace.cli.backtest;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a report into a folder: {@value #JSON} for programs, {@value #HTML} for people.
 *
 * <p>Threading: stateless.
 */
public final class ReportFiles {
    public static final String JSON = "report.json";
    public static final String HTML = "report.html";

    // Line ends of the machine would make the bytes differ between machines.
    private static final ObjectWriter WRITER =
            new ObjectMapper().writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private ReportFiles() {}

    /** Writes both files, making the folder if need be. */
    public static void write(Path folder, BacktestReport report) throws IOException {
        write(folder, json(report), new ReportPage(report).html());
    }

    /** Writes both files, making the folder if need be. */
    public static void write(Path folder, TextReport report) throws IOException {
        write(folder, json(report), new TextReportPage(report).html());
    }

    private static void write(Path folder, String json, String html) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(JSON), json + "\n", StandardCharsets.UTF_8);
        Files.writeString(folder.resolve(HTML), html, StandardCharsets.UTF_8);
    }

    /** The report as JSON. */
    public static String json(Record report) throws IOException {
        return WRITER.writeValueAsString(report);
    }
}
