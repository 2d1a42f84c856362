namespace Loa.Air;

/// <summary>The conversations between the server and one speaker.</summary>
public enum AirTopic
{
    InTimetable,
    InCommand,
    InPlacement,
    InRevocations,
    InAck,
    InTime,
    InRoot,
    OutState,
    OutProgress,
    OutRecord,
    OutReceipt,
    OutHealth,
    OutTime,
    OutLog,
}
