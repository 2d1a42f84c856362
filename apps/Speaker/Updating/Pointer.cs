using System.Text.Json.Serialization;

namespace Loa.Speaker.Updating;

/// <summary>Where files that may be in force lie.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Slot>))]
enum Slot
{
    /// <summary>What the speaker left the factory with; it is never written.</summary>
    Factory,
    A,
    B,
}

/// <summary>Which slot is in force, and which is on trial; replaced as a whole, so that a power cut leaves the old or the new.</summary>
/// <remarks>The supervisor reads what newer software wrote, so members are only ever added.</remarks>
/// <param name="Version">Of the package in the steady slot; 0 for the factory's.</param>
/// <param name="Highest">The highest version that was ever confirmed.</param>
/// <param name="Last">The command of the trial that ended last.</param>
/// <param name="LastGood">Whether that trial was confirmed.</param>
sealed record Pointer(Slot Steady, long Version, long Highest, Trial? Trial, Guid? Last = null, bool LastGood = false)
{
    public static Pointer Factory { get; } = new(Slot.Factory, 0, 0, null);

    /// <summary>What runs, or is to run, now.</summary>
    [JsonIgnore]
    public Slot Current => Trial?.Slot ?? Steady;

    [JsonIgnore]
    public long CurrentVersion => Trial?.Version ?? Version;
}

/// <summary>Files that must prove themselves before they stay.</summary>
/// <param name="Starts">How often they were started so far.</param>
sealed record Trial(Slot Slot, long Version, Guid Command, int Starts);

/// <summary>The files of one slot with their digests, so that a slot that lost a byte is never started.</summary>
sealed record SlotSums(long Version, IReadOnlyDictionary<string, string> Files);

/// <summary>How slots are described on disk; generated, so that a speaker needs no reflection.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Pointer))]
[JsonSerializable(typeof(SlotSums))]
sealed partial class SlotJson : JsonSerializerContext;
