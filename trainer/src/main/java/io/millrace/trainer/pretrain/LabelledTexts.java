package io.millrace.trainer.pretrain;

import io.millrace.schemas.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file with a label, a tab and a text on each line, in UTF-8, compressed if its name ends in {@code .gz}.
 *
 * <p>Threading: immutable.
 *
 * @param sha256 of the unpacked content
 */
record LabelledTexts(List<LabelledText> texts, String sha256) {

    /**
     * Reads a file.
     *
     * @param classes how many there are; a label is a number below it
     * @throws IllegalArgumentException if a line is of another form
     */
    static LabelledTexts read(Path file, int classes) throws IOException {
        MessageDigest digest = Sha256.digest();
        List<LabelledText> texts = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new DigestInputStream(content, digest), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                texts.add(parse(line, classes, file, texts.size() + 1));
            }
        }
        return new LabelledTexts(List.copyOf(texts), Sha256.hex(digest));
    }

    private static LabelledText parse(String line, int classes, Path file, int number) {
        int tab = line.indexOf('\t');
        int label = tab < 1 ? -1 : label(line.substring(0, tab).strip());
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(file + ", line " + number + ": a label from 0 to " + (classes - 1)
                    + ", a tab and a text are wanted");
        }
        return new LabelledText(label, line.substring(tab + 1));
    }

    private static int label(String digits) {
        return digits.length() == 1 ? Character.digit(digits.charAt(0), 10) : -1;
    }
}
