namespace Loa.Contracts.Broadcasting;

/// <summary>The rights that Broadcasting asks for.</summary>
public static class BroadcastingRights
{
    public const string SeeBroadcasts = "broadcasts.see";
    public const string OrderBroadcasts = "broadcasts.order";
    public const string SeeAirtime = "airtime.see";
    public const string SetAirtime = "airtime.set";
}
