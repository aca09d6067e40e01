package io.millrace.inference.config;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/** Leaves plain words unquoted and quotes whatever some YAML reader might take for something else than text. */
final class CautiousQuoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./@+ -]*|\\d+(ns|us|ms|s|m|h|d)");

    @Override
    public boolean needToQuoteValue(String value) {
        return !PLAIN.matcher(value).matches() || value.endsWith(" ") || super.needToQuoteValue(value);
    }
}
