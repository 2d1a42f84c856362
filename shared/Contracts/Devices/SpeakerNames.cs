namespace Loa.Contracts.Devices;

/// <summary>What others call a speaker where a case is named by its procedure.</summary>
public static class SpeakerNames
{
    public const string Procedure = "speaker";
}
