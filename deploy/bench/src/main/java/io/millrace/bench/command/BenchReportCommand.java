package io.millrace.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.report.ReportPage;
import io.millrace.bench.result.ResultFolder;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.WrongUseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All saved results on one page. */
@Command(
        name = "report",
        description = {
            "Draws the results that other benchmarks kept with --save, as one HTML page that needs nothing from"
                    + " outside: what had to be reached and what was, then pictures and numbers of each."
        },
        footer = {
            "  millrace bench report",
            "  millrace bench report --results deploy/bench/results --output benchmarks.html"
        })
final class BenchReportCommand implements Runnable {
    private static final String PAGE = "report.html";

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where the results are. Default: deploy/bench/results of the repository.")
    private @Nullable Path results;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The page. Default: " + PAGE + " beside the results.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        ResultFolder folder = results == null ? ResultFolder.ofRepository() : new ResultFolder(results);
        if (!Files.isDirectory(folder.path())) {
            throw new WrongUseException(
                    "there is no folder " + folder.path() + ": run a benchmark with --save, or name another --results");
        }
        Path page = output == null ? folder.path().resolve(PAGE) : output;
        try {
            Map<String, JsonNode> saved = folder.read();
            Files.writeString(page, new ReportPage(saved).html(), StandardCharsets.UTF_8);
            spec.commandLine().getOut().println(page + " shows " + saved.size() + " results");
        } catch (IOException e) {
            throw new FailedException("the page cannot be made: " + e.getMessage(), e);
        }
    }
}
