using Loa.Devices.Registry;

namespace Loa.Devices.Enrolments;

/// <summary>What a line of the list leads to.</summary>
enum LineOutcome
{
    /// <summary>A new speaker, with its key.</summary>
    New,

    /// <summary>A speaker that is registered and gets its key.</summary>
    KeyAdded,

    /// <summary>All of it is in the register already.</summary>
    Unchanged,

    Wrong,
}

/// <summary>What is wrong with one line, where, in which words.</summary>
sealed record LineFault(int Line, string Column, string Code, IReadOnlyList<object?> Args)
{
    public string Text => Kernel.Words.Get("beforehand.fault." + Code, Kernel.Refuse.Shown(Args));
}

/// <summary>One speaker of a list as it was read and compared with the register.</summary>
sealed record PreregistrationLine(
    int Line,
    LineOutcome Outcome,
    Guid Speaker,
    string Serial,
    string Name,
    Guid Unit,
    string Vendor,
    string Model,
    int Horns,
    WantedPlacement? Wanted
);

/// <summary>A whole list: what each line leads to, and all that is wrong with it.</summary>
sealed record PreregistrationPlan(IReadOnlyList<PreregistrationLine> Lines, IReadOnlyList<LineFault> Faults)
{
    public int Count(LineOutcome outcome) => Lines.Count(l => l.Outcome == outcome);

    /// <summary>The lines that need a signature and an act.</summary>
    public IReadOnlyList<PreregistrationLine> ToEnter =>
        [.. Lines.Where(l => l.Outcome is LineOutcome.New or LineOutcome.KeyAdded)];
}
