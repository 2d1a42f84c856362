namespace Loa.Cases;

/// <summary>A module's own view of one kind of case: how it reads it, whose it is and where its page is.</summary>
public interface ICase<TSelf>
    where TSelf : ICase<TSelf>
{
    static abstract Procedure Procedure { get; }

    /// <summary>The address of the list; the page of one lies below it by its id.</summary>
    static abstract string Path { get; }

    static abstract TSelf Of(Case standing);

    Case Case { get; }

    /// <summary>The units it belongs to: who holds the right over one of them may.</summary>
    IEnumerable<Guid> Units => [Case.UnitId];

    /// <summary>The units that it concerns besides: who sees something at, below or above one of them may read it, and no more.</summary>
    IEnumerable<Guid> Concerned => [];
}
