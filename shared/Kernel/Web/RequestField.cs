using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Loa.Writing;

namespace Loa.Kernel;

/// <summary>The field holds a text of several lines; without it a text is one line (docs/glossary.md).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ProseAttribute : Attribute;

/// <summary>The field holds a secret that is taken sign for sign, as it was typed.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;

/// <summary>One field of a request as its use case declares it: how its text is read, what it may hold and how much room that takes.</summary>
sealed class RequestField
{
    // Vietnamese in decomposed letters, percent-encoded, is the longest way to send a text.
    const int BytesOfLetter = 16;

    // What is longer than this are signed documents, letters of ASCII.
    const int LongestText = 64 * 1024;
    const int UsualLength = 512;
    const int UsualValues = 1_000;

    readonly ValidationAttribute[] rules;
    readonly bool prose;
    readonly bool secret;

    public RequestField(ParameterInfo parameter)
    {
        Parameter = parameter;
        rules = [.. parameter.GetCustomAttributes<ValidationAttribute>()];
        prose = parameter.IsDefined(typeof(ProseAttribute));
        secret = parameter.IsDefined(typeof(SecretAttribute));
        Optional =
            parameter.HasDefaultValue
            || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
    }

    public ParameterInfo Parameter { get; }

    public Type Type => Parameter.ParameterType;

    public bool Optional { get; }

    public object? Default => Parameter.HasDefaultValue ? Parameter.DefaultValue : null;

    /// <summary>As programs write it, forms name it, and Words know it: "field.title".</summary>
    public string Name => JsonNamingPolicy.CamelCase.ConvertName(Parameter.Name!);

    public int MostValues => Type.IsArray ? Declared ?? UsualValues : 1;

    /// <summary>The most bytes in which the field can be sent and still be within its bounds.</summary>
    public long MostBytes => (long)MostValues * (Parameter.Name!.Length + 8 + BytesOfOne);

    long BytesOfOne =>
        Type != typeof(string) ? 64
        : Declared is not { } length ? UsualLength * BytesOfLetter
        : length <= LongestText ? (long)length * BytesOfLetter
        : length * 3L / 2;

    int? Declared => rules.OfType<MaxLengthAttribute>().FirstOrDefault()?.Length;

    /// <summary>Brings the value into its one form and says what is wrong with it.</summary>
    public string[] Check(ref object? value)
    {
        if (value is string text && !secret)
        {
            if (!(prose ? Prose.TryRead(text, out var clean) : Line.TryRead(text, out clean)))
                return ["characters"];
            value = clean;
        }
        if (value is null or "" && !Optional)
            return ["required"];
        if (value is Array values && values.Cast<object?>().Any(one => one is null))
            return ["format"];
        if (value is DateOnly day && !day.IsOnCalendar())
            return ["range"];
        var said = value;
        if (value is not null)
            return [.. rules.Where(rule => !Holds(rule, said!)).Select(Code)];
        // An optional value type left out takes its default.
        if (Type.IsValueType && Nullable.GetUnderlyingType(Type) is null)
            value = Activator.CreateInstance(Type);
        return [];
    }

    static bool Holds(ValidationAttribute rule, object value)
    {
        try
        {
            return rule.IsValid(value);
        }
        catch (OverflowException)
        {
            // A number that does not even fit into the kind of number that the bounds are.
            return false;
        }
    }

    // MaxLengthAttribute → "max-length": one sentence per attribute in Words, whatever the field.
    static string Code(ValidationAttribute attribute) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(
            attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal)
        );
}
