using System.Data.Common;

namespace Loa.Contracts.Devices;

/// <summary>Reports that are stored together: the speakers that they are about, and what is to follow once they are stored.</summary>
public interface IReportBatch
{
    /// <summary>In which all of it is stored; who lodges with the registry stores his part in it.</summary>
    DbTransaction Transaction { get; }

    TPart Part<TPart>()
        where TPart : class, IBatchPart;

    IReportingSpeaker? Find(Guid speaker);

    /// <summary>Tells the speaker up to which record all is stored.</summary>
    void Acknowledge(Guid speaker);

    /// <summary>Tells the speaker that this record is not stored, and what is; of several the first.</summary>
    void Refuse(Guid speaker, long seq, string reason);

    /// <summary>Whether the speaker sends more than anybody could play: somebody hears when that changes.</summary>
    void Flood(Guid speaker, bool floods, DateTimeOffset at);
}
