using Loa.Air;
using Loa.Devices.Packages;
using Loa.Kernel;

namespace Loa.Devices.Commands;

/// <summary>A command as it was asked for, checked against the closed list.</summary>
sealed record CommandOrder(CommandEntry Entry, CommandArgs Args)
{
    /// <summary>Malformed when the name is not on the list, what it needs is missing, or a value is out of range.</summary>
    public static CommandOrder Of(string name, CommandArgs given)
    {
        var entry = CommandCatalog.Find(name) ?? throw new InvalidException("name", "allowed-values");
        var args = Relevant(name, given);
        if (entry.Needs is { } field && args == new CommandArgs())
            throw new InvalidException(field, "required");
        var known = new Command(Guid.Empty, Guid.Empty, name, args, new string('0', 16), default, default);
        if (!known.IsKnown() || !known.IsWithinBounds())
            throw new InvalidException(entry.Needs ?? "name", "range");
        return new(entry, args);
    }

    // What another command would need is left out, so that nothing is signed that does not matter.
    static CommandArgs Relevant(string name, CommandArgs given) =>
        name switch
        {
            Command.Volume when given.Level is not null => new(given.Level, given.Horn),
            Command.Amplifier => new(On: given.On),
            Command.Pause => new(Minutes: given.Minutes),
            Command.Update => new(Package: given.Package?.Trim()),
            Command.ChangeServer => new(Server: given.Server?.Trim()),
            _ => new(),
        };

    /// <summary>An update must name a package that was offered to who orders it.</summary>
    public async ValueTask CheckPackage(PackageShelf shelves, CancellationToken cancel)
    {
        if (Args.Package is { } digest)
            Refuse.Unless(await shelves.IsOffered(digest, cancel), "command.no-package");
    }

    public SentCommand For(Guid speaker, ActingOfficer actor, DateTimeOffset at, Guid? job = null) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            SpeakerId = speaker,
            JobId = job,
            Name = Entry.Name,
            Args = SentCommand.Write(Args),
            By = actor.Name,
            OfficerId = actor.OfficerId,
            PostId = actor.PostId,
            OrderedAt = at,
            Deadline = at + (Entry.CanWait ? Entry.Waits : CommandDispatch.Lifetime),
        };
}
