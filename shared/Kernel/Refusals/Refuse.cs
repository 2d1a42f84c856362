using System.Diagnostics.CodeAnalysis;

namespace Loa.Kernel;

/// <summary>A rule of the product says no. The code names the rule; Words hold its sentence under "refused.{code}".</summary>
public sealed class RefusedException(string code, params object?[] args) : Exception(code)
{
    public string Code { get; } = code;

    public object?[] Args { get; } = args;

    /// <summary>Why, in a word that programs know.</summary>
    public string? Reason { get; init; }

    /// <summary>The member of what was sent that it is about.</summary>
    public string? Member { get; init; }
}

/// <summary>What was asked for does not exist, or the asker may not know that it does.</summary>
public sealed class MissingException(string what) : Exception(what)
{
    /// <summary>One word: "bulletin", "speaker". Words hold its sentence under "missing.{what}".</summary>
    public string What { get; } = what;
}

/// <summary>The officer holds no post that gives this right over this unit.</summary>
public sealed class ForbiddenException(string right) : Exception(right)
{
    public string Right { get; } = right;
}

/// <summary>The request is malformed: for each field, the codes of what is wrong.</summary>
public sealed class InvalidException(IReadOnlyDictionary<string, string[]> fields) : Exception("invalid")
{
    public InvalidException(string field, string code)
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [code] }) { }

    public IReadOnlyDictionary<string, string[]> Fields { get; } = fields;
}

/// <summary>Rules in a row, one line each.</summary>
public static class Refuse
{
    const int LongestShown = 100;

    /// <summary>What a refusal says back of a stranger's words: enough to know them again, and never a page full.</summary>
    public static object?[] Shown(IEnumerable<object?> args) =>
        [.. args.Select(arg => arg is string { Length: > LongestShown } text ? text[..(LongestShown - 1)] + "…" : arg)];

    public static void If([DoesNotReturnIf(true)] bool broken, string code, params object?[] args)
    {
        if (broken)
            throw new RefusedException(code, args);
    }

    public static void Unless([DoesNotReturnIf(false)] bool kept, string code, params object?[] args) =>
        If(!kept, code, args);
}
