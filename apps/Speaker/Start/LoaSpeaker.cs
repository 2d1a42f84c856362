using Loa.Jose;
using Loa.Speaker.Commands;
using Loa.Speaker.Controls;
using Loa.Speaker.Enrolling;
using Loa.Speaker.Health;
using Loa.Speaker.Link;
using Loa.Speaker.Media;
using Loa.Speaker.Messages;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Servers;
using Loa.Speaker.Store;
using Loa.Speaker.Streams;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker.Start;

/// <summary>Puts the parts together: this file is the table of contents of a speaker's software.</summary>
/// <remarks>In the order in which the parts need one another; a folder knows only folders above it here.</remarks>
static class LoaSpeaker
{
    /// <summary>What it needs to find out who it is.</summary>
    public static void AddGround(this Parts parts, Settings given, SpeakerEnvironment around) =>
        parts
            .Lend(around.Log)
            .Lend(around.Http)
            .AddStore(around.Disk(new Disk(given.Data, around.Durable)), around.KeepsLog)
            .AddClock(around.Clock)
            .AddEnrolling(given, around.Show, around.ShowRoot)
            .AddSettings(given, around.Supervised);

    /// <summary>What it does since a person has claimed it.</summary>
    /// <param name="key">By which the province knows it.</param>
    public static void AddWork(this Parts parts, Identity identity, SigningKey key, SpeakerEnvironment around) =>
        parts
            .AddTrust(identity, key)
            .AddRecords()
            .AddMessages()
            .AddTiming()
            .AddCommands()
            .AddServers()
            .AddControls(around.Amplifier)
            .AddSchedule()
            .AddMedia()
            .AddStreams()
            .AddPlaying(around.Output)
            .AddUpdating()
            .AddHealth(around.Health)
            .AddLink(around.Line)
            .AddKeyRenewal();
}
