using System.Buffers.Text;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;

namespace Loa.Conform;

/// <summary>Plays one script to the speaker, step after step, and stops at the first that does not hold.</summary>
sealed class ScriptRun(TrialServer server, TestedSpeaker speaker)
{
    readonly Dictionary<string, TimetableItem> items = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> releases = new(StringComparer.Ordinal);
    readonly int before = speaker.Records.Count;
    readonly HashSet<AirRecord> seen = [];
    (Guid Id, byte[] Message) last;

    /// <summary>What does not hold; null when all does.</summary>
    public async Task<string?> Run(Script script, CancellationToken cancel)
    {
        foreach (var step in script.Steps)
            if (await Do(step, cancel) is { } fault)
                return fault;
        return null;
    }

    async Task<string?> Do(ScriptStep step, CancellationToken cancel)
    {
        if (step.Timetable is { } added)
            Order(added, step);
        if (step.Command is { } command)
            Command(command, step.Args ?? new());
        if (step.Again)
            server.Say(speaker, AirTopic.InCommand, last.Message);
        if (step.Revoke is { } key)
        {
            server.Keys.Revoke(key);
            server.Say(speaker, AirTopic.InRevocations, new RevocationsMessage(server.Keys.Revocations!).ToBytes());
        }
        if (step.Move is { } where)
            Move(where);
        if (step.Root is { } next)
        {
            server.Keys.ChangeRoot(next);
            server.Say(speaker, AirTopic.InRoot, new RootMessage([.. server.Keys.Changes]).ToBytes());
        }
        if (step.Gone)
            await server.BreakOff();
        if (step.Wait is { } pause)
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System, cancel);
        return await Holds(step, cancel);
    }

    async Task<string?> Holds(ScriptStep step, CancellationToken cancel)
    {
        var within = TimeSpan.FromMilliseconds(step.Within);
        foreach (var expected in step.Expect ?? [])
            if (!await speaker.Comes(() => Take(expected), within, cancel))
                return $"no record {Shown(expected)} came within {step.Within} ms; {Seen()}";
        foreach (var name in step.Never ?? [])
            if (Fresh().FirstOrDefault(record => record.Item == items[name].Id) is { } record)
                return $"{name} was to leave no record, and was {AirWord.Of(record.Outcome!.Value)}";
        if (step.Receipt is not { } state)
            return null;
        var answered = await speaker.Comes(() => HasReceipt(state, step.Reason), within, cancel);
        return answered ? null : $"the command was not answered with {state} {step.Reason}";
    }

    bool HasReceipt(string state, string? reason) =>
        speaker.Receipts.Any(r =>
            r.Command == last.Id && AirWord.Of(r.State) == state && (reason is null || r.Reason == reason)
        );

    // Each record answers one expectation.
    bool Take(Expected expected)
    {
        var record = Fresh().FirstOrDefault(r => !seen.Contains(r) && Is(r, expected));
        return record is not null && seen.Add(record);
    }

    bool Is(AirRecord record, Expected expected) =>
        (expected.Reason is null || record.Reason == expected.Reason)
        && (
            expected.Item is { } name
                ? record.Kind == RecordKind.Play && record.Item == items[name].Id && record.Outcome == expected.Outcome
                : record.Kind == RecordKind.Refusal && record.Subject == expected.Refusal
        );

    IEnumerable<AirRecord> Fresh() => speaker.Records.Skip(before);

    string Seen() =>
        string.Join(
            ", ",
            Fresh()
                .Select(r =>
                    r.Kind == RecordKind.Play
                        ? $"{items.FirstOrDefault(i => i.Value.Id == r.Item).Key ?? "?"} {AirWord.Of(r.Outcome!.Value)} {r.Reason}"
                        : $"{AirWord.Of(r.Kind)} {r.Subject} {r.Reason}"
                )
                .DefaultIfEmpty("nothing came")
        );

    static string Shown(Expected expected) =>
        expected.Item is { } item
            ? $"of {item} {AirWord.Of(expected.Outcome!.Value)} {expected.Reason}"
            : $"of a refused {AirWord.Of(expected.Refusal!.Value)} {expected.Reason}";

    void Order(IReadOnlyList<ScriptItem> added, ScriptStep step)
    {
        var made = new List<TimetableItem>();
        foreach (var item in added)
            made.Add(items[item.Name] = Make(item));
        foreach (var name in step.Drop ?? [])
            releases.Remove(items[name].Release);
        var held = speaker.Desired?.Version ?? 0;
        var dropped = (step.Drop ?? []).Select(name => items[name].Id).ToHashSet();
        var now = Moment.Now();
        var change = new Timetable(
            speaker.Id,
            held + 1,
            now,
            now.AddHours(-1),
            now.AddDays(7),
            made,
            step.Base ? held : null,
            step.Base ? [.. dropped] : null
        );
        TimetableItem[] all = step.Base ? [.. items.Values.Where(item => !dropped.Contains(item.Id))] : [.. made];
        var whole = change with { Base = null, Drop = null, Items = all };
        var key = server.Keys.Find(step.By ?? "server");
        if (step.By is null)
            speaker.Desired = (held + 1, Message(whole, key));
        server.Say(speaker, AirTopic.InTimetable, Message(change, key));
    }

    byte[] Message(Timetable timetable, SigningKey key) =>
        new TimetableMessage(
            timetable.Sign(key),
            [.. timetable.Items.Select(item => releases.GetValueOrDefault(item.Release)).OfType<string>().Distinct()],
            server.Keys.Delegations(),
            $"{server.Http}/air/media/"
        ).ToBytes();

    TimetableItem Make(ScriptItem item)
    {
        var (digest, file) = server.Sounds.Lasting(item.LengthMs);
        var now = Moment.Now();
        var release = new Release(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            item.Name,
            item.Release == "spoiled" ? server.Sounds.Spoil(file) : digest,
            file.Length,
            TimeSpan.FromMilliseconds(item.LengthMs),
            item.Class,
            [item.Release == "elsewhere" ? server.Keys.OtherHamlet : server.Keys.Hamlet],
            now.AddDays(-1),
            now.AddDays(1)
        ).Sign(server.Keys.Find("officer"));
        if (item.Release != "missing")
            releases[Jws.Digest(release)] = release;
        return new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(release),
            item.Class,
            now.AddMilliseconds(item.Start),
            now.AddMilliseconds(item.Until),
            item.Now,
            item.Volume,
            item.Resume,
            item.Content
        );
    }

    void Command(string name, CommandArgs args)
    {
        var now = Moment.Now();
        var command = new Command(
            Guid.CreateVersion7(),
            speaker.Id,
            name,
            args,
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            now,
            now.AddMinutes(5)
        );
        var message = new CommandMessage(command.Sign(server.Keys.Server), server.Keys.Delegations());
        last = (command.Id, message.ToBytes());
        server.Say(speaker, AirTopic.InCommand, last.Message);
    }

    void Move(string where)
    {
        var (keys, version) = (server.Keys, ++speaker.Placed);
        Guid[] path = [keys.Province, where == "away" ? keys.OtherHamlet : keys.Hamlet];
        var placement = new Placement(
            Guid.CreateVersion7(),
            speaker.Id,
            speaker.Key.KeyId,
            version,
            path,
            Moment.Now()
        );
        server.Say(
            speaker,
            AirTopic.InPlacement,
            new PlacementMessage(placement.Sign(keys.Root), keys.Delegations()).ToBytes()
        );
    }
}
