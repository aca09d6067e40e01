package io.millrace.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import org.jspecify.annotations.NullMarked;

/** Which module may use what. The build already keeps modules apart; this also guards what comes in transitively. */
@AnalyzeClasses(packages = "io.millrace", importOptions = DoNotIncludeTests.class)
class ModuleImportTest {

    private static final String SCHEMAS = "io.millrace.schemas..";
    private static final String INFERENCE = "io.millrace.inference..";
    private static final String STREAM = "io.millrace.stream..";
    private static final String TRAINER = "io.millrace.trainer..";
    private static final String CLI = "io.millrace.cli..";
    private static final String BENCH = "io.millrace.bench..";

    @ArchTest
    static final ArchRule SCHEMAS_STAND_ALONE = noClasses()
            .that()
            .resideInAPackage(SCHEMAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    INFERENCE, STREAM, TRAINER, CLI, BENCH, "org.apache.kafka.streams..", "ai.onnxruntime..")
            .because("what crosses a process boundary must be readable without any of our machinery");

    @ArchTest
    static final ArchRule INFERENCE_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAPackage(INFERENCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STREAM, TRAINER, CLI, BENCH, "org.apache.kafka..")
            .because("features and models are tested, and used as a library, without a broker");

    @ArchTest
    static final ArchRule STREAM_KNOWS_NO_TRAINER = noClasses()
            .that()
            .resideInAPackage(STREAM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TRAINER, CLI, BENCH, "ml.dmlc..", "ai.djl..")
            .because("a stream scores; what it needs from training arrives on a topic")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule TRAINER_KNOWS_NO_STREAM = noClasses()
            .that()
            .resideInAPackage(TRAINER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STREAM, CLI, BENCH, "org.apache.kafka.streams..")
            .because("training reads and writes topics, and runs on machines without a stream")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_PRODUCT_KNOWS_NO_BENCHMARK = noClasses()
            .that()
            .resideInAPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BENCH, "org.apache.flink..", "org.openjdk.jmh..")
            .because("peers and harness must not come with the product");

    @ArchTest
    static final ArchRule BROKER_INTERNALS_STAY_BEHIND_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.cli.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.raft..", "org.apache.kafka.metadata..", "scala..")
            .because("Kafka changes its internals without notice");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_SAYS_WHERE_NULL_MAY_BE = classes()
            .that()
            .resideInAPackage("io.millrace..")
            .and()
            .resideOutsideOfPackages("io.millrace.schemas.avro..", "..jmh_generated..")
            .should(ArchConditions.be(
                    DescribedPredicate.describe("in a @NullMarked package", ModuleImportTest::isInNullMarkedPackage)))
            .because("NullAway looks only into marked packages");

    private static boolean isInNullMarkedPackage(JavaClass type) {
        return type.getPackage().isAnnotatedWith(NullMarked.class);
    }
}
