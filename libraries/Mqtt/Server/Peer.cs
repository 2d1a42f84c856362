using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>Who is at the other end of a connection, and what it can take.</summary>
sealed record Peer(Connection Connection, Session Session, ProtocolVersion Version, int MaximumPacket, int Window);
