using System.ComponentModel.DataAnnotations;

namespace Loa.Devices.Enrolments;

/// <summary>How new speakers introduce themselves (section "Enrolment").</summary>
sealed class EnrolmentOptions
{
    /// <summary>How many introductions one address may make in a minute; a province's office may stand behind one address.</summary>
    [Range(1, 100_000)]
    public int PerMinute { get; set; } = 300;

    /// <summary>How many may wait for a technician at once.</summary>
    [Range(1, 1_000_000)]
    public int Waiting { get; set; } = 10_000;
}
