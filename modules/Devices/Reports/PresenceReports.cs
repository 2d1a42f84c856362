using Loa.Contracts.Gateway;
using Loa.Devices.Health;
using Loa.Devices.Registry;

namespace Loa.Devices.Reports;

/// <summary>A speaker has proved itself and is connected.</summary>
sealed class ConnectedReport(Guid speaker, DateTimeOffset at, ConnectionRef connection) : SpeakerReport(speaker, at)
{
    protected override ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel)
    {
        // Its key may have been replaced between the proof and this moment.
        if (of.Kid is null || of.Kid != batch.KeyOf(Speaker)?.KeyId)
        {
            batch.Disconnect.Add(Speaker);
            return ValueTask.CompletedTask;
        }
        // It has moved on to another node since.
        if (connection.Number < of.Line)
            return ValueTask.CompletedTask;
        (of.Line, of.Node) = (connection.Number, connection.Node);
        var terms = batch.TermsOf(Speaker);
        (of.LargestMessage, of.Protocol) = (terms?.LargestMessage, terms?.Protocol);
        // Back after a restart of the server it was never away.
        if (of.Presence is Presence.Never or Presence.Offline)
            batch.Signals.Add(PresenceSignal.Of(Speaker, of.Presence, Presence.Online, At));
        if (!of.IsOnline)
            (of.Presence, of.PresenceAt) = (Presence.Online, At);
        of.LastSeen = At;
        // The others say first for which connection they want to be answered.
        if (batch.IsOld(Speaker))
            batch.Acknowledge(Speaker);
        batch.Arrived.Add(Speaker);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A speaker's connection broke, or the speaker hung up.</summary>
sealed class GoneReport(Guid speaker, DateTimeOffset at, ConnectionRef connection) : SpeakerReport(speaker, at)
{
    protected override ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel)
    {
        // An old connection, perhaps of another node, says nothing about the speaker once a later one is up.
        if (of.Presence == Presence.Never || connection.Number < of.Line)
            return ValueTask.CompletedTask;
        if (of.Presence != Presence.Offline)
        {
            batch.Signals.Add(PresenceSignal.Of(Speaker, of.Presence, Presence.Offline, At));
            (of.Presence, of.PresenceAt) = (Presence.Offline, At);
        }
        (of.LastSeen, of.Playing) = (At, null);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A speaker says goodbye, or had it said by its will; whether it is there, its connection decides.</summary>
sealed class GoodbyeReport(Guid speaker, DateTimeOffset at) : SpeakerReport(speaker, at)
{
    protected override ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel)
    {
        of.LastSeen = At;
        return ValueTask.CompletedTask;
    }
}
