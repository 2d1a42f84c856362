using Loa.Speaker.Link;
using Loa.Speaker.Records;
using Loa.Speaker.Servers;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker.Enrolling;

/// <summary>How a speaker gets its name, its place and its key, and another key when that was taken back.</summary>
static class EnrollingParts
{
    /// <param name="show">Gets the claim code whenever there is a new one.</param>
    /// <param name="showRoot">Gets the number of the root that came with it.</param>
    /// <exception cref="AnotherRootException">The command line names another root than the pinned one.</exception>
    public static Parts AddEnrolling(this Parts parts, Settings given, Action<string> show, Action<string>? showRoot)
    {
        var (journal, disk) = (parts.Get<Journal>(), parts.Get<IDisk>());
        var keys = parts.Add(new OwnKeys(given.Data, disk, journal));
        var root = parts.Add(new PinnedRoot(journal));
        if (given.Root is not null)
            root.Pin(given.Root);
        var sign = new CodeSign(given.Data, keys, show, showRoot);
        parts.Add(
            new Enrolments(
                parts.Get<HttpClient>(),
                journal,
                keys,
                root,
                sign,
                parts.Get<AirClock>(),
                parts.Get<EventLog>()
            )
        );
        return parts;
    }

    public static Parts AddKeyRenewal(this Parts parts)
    {
        var (settings, servers, enrolments) = (
            parts.Get<Settings>(),
            parts.Get<ServerTrial>(),
            parts.Get<Enrolments>()
        );
        var standing = new Standing(parts.Get<Guard>(), parts.Get<RecordStore>());
        var renewal = new KeyRenewal(
            () => enrolments.With(settings with { Server = servers.Current.Http }, standing),
            parts.Get<Restart>(),
            parts.Get<TimeProvider>(),
            parts.Get<EventLog>()
        );
        parts.Get<ServerLink>().TurnedAway += renewal.TurnedAway;
        parts.Get<TakeAcknowledgement>().Accepted += renewal.LetIn;
        parts.Loop(renewal.Run);
        return parts;
    }
}
