using System.ComponentModel.DataAnnotations;

namespace Loa.Playout.AsRun;

/// <summary>How many new records one speaker may bring (section "Mqtt").</summary>
sealed class RecordRationOptions
{
    /// <summary>Three times a full timetable of a week.</summary>
    [Range(10, 1_000_000)]
    public int RecordsAtOnce { get; set; } = 2_100;

    [Range(1, 1_000_000)]
    public int RecordsPerHour { get; set; } = 240;
}
