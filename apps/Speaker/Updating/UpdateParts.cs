using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Media;
using Loa.Speaker.Messages;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Servers;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Updating;

/// <summary>The software and the configuration in force, and how others take their place.</summary>
static class UpdateParts
{
    const string UsualFolder = "/air/packages/";

    /// <summary>The settings in force: those of the command line, and over them those of a configuration that proved itself.</summary>
    /// <param name="kept">Whether a supervisor has started this software, and takes back an update that fails.</param>
    public static Parts AddSettings(this Parts parts, Settings given, bool kept)
    {
        var packages = parts.Add(new Packages(parts.Get<Journal>(), parts.Get<IDisk>(), kept));
        parts.Add(packages.Apply(given));
        return parts;
    }

    public static Parts AddUpdating(this Parts parts)
    {
        var (settings, packages) = (parts.Get<Settings>(), parts.Get<Packages>());
        var (clock, log, changed) = (parts.Get<TimeProvider>(), parts.Get<EventLog>(), parts.Get<Wakeups>().Updating);
        var servers = parts.Get<ServerTrial>();

        var restart = parts.Add(new Restart(parts.Get<ReportQueue>(), clock));
        var judge = new JudgePackage(parts.Get<Guard>(), packages, settings.Model);
        var underWay = new UpdateUnderWay(parts.Get<Journal>(), packages, parts.Get<CommandReceipts>(), clock, log);
        var take = new TakeUpdate(judge, packages, underWay, parts.Get<RecordStore>(), changed);
        var install = new Install(
            parts.Get<IDisk>(),
            packages,
            parts.Get<MediaSource>(),
            parts.Get<MediaShelf>(),
            parts.Get<PlayQueue>(),
            given => servers.Folder(given ?? UsualFolder),
            clock
        );
        var run = new RunUpdate(underWay, judge, install, restart, changed, clock, log);
        var output = parts.Get<OutputCheck>();
        var proving = parts.Add(new UpdateTrial(packages, underWay, output.Run, settings.ProveFor, clock, log));

        var table = parts.Get<CommandTable>();
        table.Add(Command.Update, new Obedience(take.Order) { IsGoingOn = underWay.IsOf });
        table.Add(
            Command.Restart,
            new Obedience(restart.Order)
            {
                AfterStart = () => new ReadBack(Version: packages.Version(PackageKind.Software)),
            }
        );
        parts.AtStart(underWay.Restore);
        parts.Loop(run.Run);
        parts.Loop(proving.Run);
        parts.Loop(restart.Run);
        return parts;
    }
}
