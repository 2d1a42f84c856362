using System.ComponentModel.DataAnnotations;

namespace Loa.Devices.Health;

/// <summary>
/// From where on a number means trouble, and from where on it is over (section "Health"): two edges each, so that a value
/// on the edge raises one signal and not a hundred.
/// </summary>
sealed class HealthOptions : IValidatableObject
{
    /// <summary>Percent.</summary>
    [Range(0, 100)]
    public int BatteryLow { get; set; } = 25;

    [Range(0, 100)]
    public int BatteryGood { get; set; } = 35;

    /// <summary>°C in the cabinet.</summary>
    [Range(-60, 150)]
    public int Hot { get; set; } = 70;

    [Range(-60, 150)]
    public int HotOver { get; set; } = 65;

    [Range(-60, 150)]
    public int Cold { get; set; } = -5;

    [Range(-60, 150)]
    public int ColdOver { get; set; }

    [Range(1, 60_000)]
    public int ClockWrongMs { get; set; } = 250;

    [Range(1, 60_000)]
    public int ClockGoodMs { get; set; } = 100;

    [Range(0, 1_000_000)]
    public int StorageLowMb { get; set; } = 100;

    [Range(0, 1_000_000)]
    public int StorageGoodMb { get; set; } = 150;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BatteryGood <= BatteryLow || StorageGoodMb <= StorageLowMb)
            yield return new("The edge at which it is good again must lie above the one at which it is low.");
        if (HotOver >= Hot || ColdOver <= Cold || ColdOver >= HotOver || ClockGoodMs >= ClockWrongMs)
            yield return new("The edge at which it is over must lie on the good side of the one at which it begins.");
    }
}
