namespace Loa.Air;

/// <summary>The nine conversations between the server and one speaker.</summary>
public enum AirTopic
{
    InTimetable,
    InCommand,
    InPlacement,
    InRevocations,
    InAck,
    OutState,
    OutProgress,
    OutRecord,
    OutReceipt,
}
