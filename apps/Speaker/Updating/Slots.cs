using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>Two slots and a pointer: new files are laid out beside those in force, tried, and then stay or go.</summary>
/// <param name="folder">The folder of the slots in the speaker's own.</param>
sealed class Slots(IDisk disk, string folder)
{
    /// <summary>Where software lies; configurations have another folder of the same make.</summary>
    public const string Software = "slots";

    public const string Configuration = "configuration";

    public Pointer Pointer => Read($"{folder}/pointer", SlotJson.Default.Pointer) ?? Pointer.Factory;

    /// <summary>The slot that may be written: neither in force nor on trial.</summary>
    public Slot Idle => Pointer.Steady == Slot.A ? Slot.B : Slot.A;

    public string FolderOf(Slot slot) => $"{folder}/{slot.ToString().ToLowerInvariant()}";

    /// <summary>Makes the idle slot empty; from here on it is not sound.</summary>
    public string Clear()
    {
        if (Pointer.Trial is not null)
            throw new InvalidOperationException("A trial is going on.");
        var idle = Idle;
        disk.Delete(SumsOf(idle));
        if (disk.List(folder).Count > 0)
            disk.SyncFolder(folder);
        disk.DeleteFolder(FolderOf(idle));
        return FolderOf(idle);
    }

    /// <summary>Puts the idle slot, now filled, on trial from the next start on.</summary>
    public void Try(SlotSums sums, Guid command)
    {
        var (pointer, idle) = (Pointer, Idle);
        Write(SumsOf(idle), sums, SlotJson.Default.SlotSums);
        if (!IsSound(idle))
            throw new IOException($"What was written to {FolderOf(idle)} does not read back.");
        Point(pointer with { Trial = new Trial(idle, sums.Version, command, 0) });
    }

    /// <summary>Before a start: what is to be started. A trial that had its chances, or is damaged, is over.</summary>
    public Pointer Start(int mostStarts)
    {
        var pointer = Pointer;
        if (pointer.Trial is { } trial)
        {
            if (trial.Starts < mostStarts && IsSound(trial.Slot))
                return Point(pointer with { Trial = trial with { Starts = trial.Starts + 1 } });
            pointer = RollBack();
        }
        return IsSound(pointer.Steady) ? pointer : Point(pointer with { Steady = Slot.Factory, Version = 0 });
    }

    /// <summary>The trial is good: it stays, and nothing older will ever be taken again.</summary>
    public Pointer Confirm()
    {
        var pointer = Pointer;
        if (pointer.Trial is not { } trial)
            return pointer;
        return Point(
            new Pointer(
                trial.Slot,
                trial.Version,
                Math.Max(pointer.Highest, trial.Version),
                null,
                trial.Command,
                LastGood: true
            )
        );
    }

    /// <summary>The trial is over: what was in force before is in force again.</summary>
    public Pointer RollBack()
    {
        var pointer = Pointer;
        return pointer.Trial is { } trial
            ? Point(pointer with { Trial = null, Last = trial.Command, LastGood = false })
            : pointer;
    }

    /// <summary>Whether every file is there as it was signed; what the factory delivered is not ours to judge.</summary>
    public bool IsSound(Slot slot) =>
        slot == Slot.Factory
        || (
            Read(SumsOf(slot), SlotJson.Default.SlotSums) is { } sums
            && sums.Files.All(file => Digest($"{FolderOf(slot)}/{file.Key}") == file.Value)
        );

    string SumsOf(Slot slot) => $"{FolderOf(slot)}.sums";

    string? Digest(string name)
    {
        if (disk.Length(name) is null)
            return null;
        using var file = disk.OpenRead(name);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    Pointer Point(Pointer pointer)
    {
        Write($"{folder}/pointer", pointer, SlotJson.Default.Pointer);
        return pointer;
    }

    T? Read<T>(string name, JsonTypeInfo<T> shape)
        where T : class
    {
        if (disk.Length(name) is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize(disk.Read(name), shape);
        }
        catch (JsonException)
        {
            // Flash that lost a byte: as good as no file, and the factory's software is always there.
            return null;
        }
    }

    void Write<T>(string name, T value, JsonTypeInfo<T> shape)
    {
        var draft = $"{name}.new";
        disk.Delete(draft);
        using (var file = disk.Open(draft))
        {
            file.Append(JsonSerializer.SerializeToUtf8Bytes(value, shape));
            file.Sync();
        }
        disk.Rename(draft, name);
        disk.SyncFolder(folder);
        // The folder itself may be new.
        disk.SyncFolder("");
    }
}
