package io.millrace.inference.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Makes the null annotations that the compiler checks hold for what is read too: no {@code @Nullable}, no absence. */
final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("NullAway") // the library answers null for "no opinion" and has no null annotations
    public Boolean hasRequiredMarker(AnnotatedMember member) {
        return isRequired(member) ? Boolean.TRUE : super.hasRequiredMarker(member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        JsonSetter.Value declared = super.findSetterInfo(annotated);
        return isRequired(annotated) ? declared.withValueNulls(Nulls.FAIL) : declared;
    }

    /** The parameters of a record's factory have their names from the class file, as its components have. */
    @Override
    @SuppressWarnings("NullAway") // the library answers null for "no opinion" and has no null annotations
    public String findImplicitPropertyName(AnnotatedMember member) {
        if (member instanceof AnnotatedParameter parameter
                && parameter.getOwner().getMember() instanceof Executable owner) {
            Parameter declared = owner.getParameters()[parameter.getIndex()];
            if (declared.isNamePresent()) {
                return declared.getName();
            }
        }
        return super.findImplicitPropertyName(member);
    }

    private static boolean isRequired(Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter
                && !typeOf(parameter).isAnnotationPresent(Nullable.class);
    }

    private static AnnotatedType typeOf(AnnotatedParameter parameter) {
        Executable owner = (Executable) parameter.getOwner().getMember();
        RecordComponent[] components = owner.getDeclaringClass().getRecordComponents();
        // A compact constructor's parameters do not carry the type annotations of their components.
        if (owner instanceof Constructor<?> && components != null && components.length == owner.getParameterCount()) {
            return components[parameter.getIndex()].getAnnotatedType();
        }
        return owner.getAnnotatedParameterTypes()[parameter.getIndex()];
    }
}
