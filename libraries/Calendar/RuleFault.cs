namespace Loa.Calendar;

/// <summary>Why a text is no rule that can be kept; a page has words for each.</summary>
public enum RuleFaultKind
{
    None,
    Empty,
    NoFrequency,

    /// <summary>Not a part of the standard.</summary>
    UnknownPart,

    /// <summary>A part or a value of the standard that this house does not go by.</summary>
    NotSupported,
    Twice,
    BadValue,
    CountAndUntil,

    /// <summary>The standard does not allow the part with this frequency.</summary>
    NotWithFrequency,

    /// <summary>A numbered weekday beside week numbers (RFC 5545 §3.3.10, BYDAY).</summary>
    OrdinalWithWeeks,

    /// <summary>BYSETPOS chooses from what other parts name.</summary>
    NothingToChooseFrom,

    /// <summary>UNTIL beside a zone is told in UTC (RFC 5545 §3.3.10, UNTIL).</summary>
    UntilNotUtc,
}

/// <summary>What is wrong with the text of a rule, and at which part.</summary>
public readonly record struct RuleFault(RuleFaultKind Kind, string Part = "", string Value = "")
{
    public override string ToString() => $"{Kind}: {Part}={Value}";
}
