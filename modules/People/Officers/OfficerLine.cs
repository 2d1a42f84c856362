namespace Loa.People.Officers;

/// <summary>What a line of a list would lead to.</summary>
enum OfficerLineOutcome
{
    New,

    /// <summary>An officer of this name has this account already: the list was brought before.</summary>
    There,
    Fault,
}

/// <summary>One line of a list of officers, as it was read.</summary>
/// <param name="Number">In the file.</param>
/// <param name="Fault">The key of what is wrong, under "officers.import.fault.".</param>
sealed record OfficerLine(
    int Number,
    string Name,
    string UserName,
    string Unit,
    string Role,
    OfficerLineOutcome Outcome,
    string? Fault = null,
    RegisterOfficer.Request? Request = null
);

/// <summary>A list of officers and what each line would lead to.</summary>
/// <param name="Far">How many posts would reach far (<see cref="Appointment.ReachesFar"/>).</param>
sealed record OfficerPlan(IReadOnlyList<OfficerLine> Lines, int Far)
{
    public int Count(OfficerLineOutcome outcome) => Lines.Count(line => line.Outcome == outcome);
}
